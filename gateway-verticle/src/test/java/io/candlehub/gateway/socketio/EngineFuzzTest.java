package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions whose clients do what comes to mind: polls, posts, WebSockets and packets in any order, true and false ones.
 *
 * <p>A failed case is run again with {@code -Dengine.fuzz.first=<its number> -Dengine.fuzz.cases=1}.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class EngineFuzzTest {

  private static final int FIRST = Integer.getInteger("engine.fuzz.first", 0);
  private static final int CASES = Integer.getInteger("engine.fuzz.cases", 100_000);

  @Test
  void shouldSurviveAnySequenceAndLoseNothing() {
    long upgraded = 0;
    long survived = 0;
    long numbers = 0;
    for (int i = FIRST; i < FIRST + CASES; i++) {
      FuzzedSession session = new FuzzedSession(i);
      try {
        session.live(30);
        upgraded += session.upgraded() ? 1 : 0;
        survived += session.open() ? 1 : 0;
        session.end();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("case " + i + ": " + session.story(), e);
      }
      numbers += session.received();
    }
    if (CASES >= 1_000) {
      assertThat(upgraded).as("sessions that were upgraded").isGreaterThan(CASES / 50);
      assertThat(survived).as("sessions that lived to the end").isGreaterThan(CASES / 50);
      assertThat(numbers).as("events received in order").isGreaterThan(CASES);
    }
  }
}
