package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FanoutTest {
  private static final Encoding<Long, Long> PLAIN = version -> new Encoded<>(version, 8);

  private final ManualClock clock = new ManualClock(0);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Numbers numbers = new Numbers();
  private int emptied;

  /** A source whose content is its version. */
  private static final class Numbers implements Source<Long> {
    private long version;

    @Override
    public long version() {
      return version;
    }

    @Override
    public Position head() {
      return new Position("", version);
    }

    @Override
    public boolean continues(Position position) {
      return false;
    }

    @Override
    public Long snapshot() {
      return version;
    }

    @Override
    public Long after(Position position) {
      return version;
    }
  }

  private static final class Client implements Sink<Long> {
    private final List<Long> seen = new ArrayList<>();
    private boolean blocked;

    @Override
    public boolean writable() {
      return !blocked;
    }

    @Override
    public void write(Long form) {
      seen.add(form);
    }
  }

  private Fanout<Long> fanout(int windowMillis) {
    Pace pace = new Pace(
        scheduler,
        () -> clock.millis() * 1_000_000,
        Duration.ofMillis(windowMillis),
        Duration.ZERO);
    return new Fanout<>(numbers, pace, new StreamMeters(registry), () -> emptied++);
  }

  private void change(Fanout<Long> fanout) {
    numbers.version++;
    fanout.changed();
  }

  @Test
  void shouldSendAtOnceWithoutAWindow() {
    Fanout<Long> fanout = fanout(0);
    Client client = new Client();
    fanout.join(PLAIN, client, Position.START, 0);
    change(fanout);
    change(fanout);
    assertThat(client.seen).containsExactly(1L, 2L);
  }

  @Test
  void shouldCollectChangesWithinTheWindow() {
    Fanout<Long> fanout = fanout(50);
    Client client = new Client();
    fanout.join(PLAIN, client, Position.START, 0);
    change(fanout);
    change(fanout);
    change(fanout);
    assertThat(client.seen).containsExactly(1L);
    scheduler.advance(Duration.ofMillis(50));
    assertThat(client.seen).containsExactly(1L, 3L);
    assertThat(registry.get("candlehub.gateway.updates.conflated").counter().count())
        .isEqualTo(1);
  }

  @Test
  void shouldKeepToTheRateOfEachClient() {
    Fanout<Long> fanout = fanout(0);
    Client slow = new Client();
    Client fast = new Client();
    fanout.join(PLAIN, slow, Position.START, 2);
    fanout.join(PLAIN, fast, Position.START, 0);
    for (int i = 0; i < 10; i++) {
      change(fanout);
      scheduler.advance(Duration.ofMillis(100));
    }
    assertThat(fast.seen).hasSize(10);
    assertThat(slow.seen).containsExactly(1L, 5L, 10L);
  }

  @Test
  void shouldSendABlockedClientTheNewestOnlyWhenItDrains() {
    Fanout<Long> fanout = fanout(0);
    Client client = new Client();
    Cursor<Long, Long> cursor = fanout.join(PLAIN, client, Position.START, 0);
    client.blocked = true;
    change(fanout);
    change(fanout);
    assertThat(cursor.started().isComplete()).isFalse();
    client.blocked = false;
    cursor.flush();
    cursor.flush();
    assertThat(client.seen).containsExactly(2L);
    assertThat(cursor.started().succeeded()).isTrue();
  }

  @Test
  void shouldWriteNothingAfterTheEndAndSayWhenTheLastHasLeft() {
    Fanout<Long> fanout = fanout(0);
    Client client = new Client();
    Cursor<Long, Long> one = fanout.join(PLAIN, client, Position.START, 1);
    Cursor<Long, Long> two = fanout.join(PLAIN, client, Position.START, 1);
    change(fanout);
    change(fanout);
    one.close();
    one.close();
    assertThat(emptied).isZero();
    two.close();
    assertThat(emptied).isEqualTo(1);
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(client.seen).containsExactly(1L, 1L);
    assertThat(fanout.size()).isZero();
  }

  @Test
  void shouldHoldNoEncodedTextOfAQuietStream() {
    Fanout<Long> fanout = fanout(0);
    Client client = new Client();
    fanout.join(PLAIN, client, Position.START, 0);
    change(fanout);
    fanout.join(PLAIN, client, Position.START, 0).flush();
    assertThat(registry.get("candlehub.gateway.updates.encoded").counter().count())
        .isEqualTo(1);
    scheduler.advance(Duration.ofMillis(250));
    fanout.join(PLAIN, client, Position.START, 0).flush();
    assertThat(registry.get("candlehub.gateway.updates.encoded").counter().count())
        .isEqualTo(2);
  }
}
