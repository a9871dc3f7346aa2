package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DoubtsTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument QQQ = Instrument.of("QQQ");

  private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
  private final List<List<Instrument>> due = new ArrayList<>();
  private final Doubts doubts = new Doubts(scheduler, () -> 0, due::add);

  @Test
  void shouldWaitAWholeMinuteAtLeast() {
    doubts.add(SPY);
    scheduler.advance(Duration.ofSeconds(59));
    doubts.add(QQQ);
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(due).containsExactly(List.of(SPY));
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(due).containsExactly(List.of(SPY), List.of(QQQ));
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(due).containsExactly(List.of(SPY), List.of(QQQ), List.of(SPY));
  }

  @Test
  void shouldKnowNoMoreOfWhatIsRemoved() {
    doubts.add(SPY);
    doubts.add(QQQ);
    doubts.remove(SPY);
    doubts.remove(QQQ::equals);
    scheduler.advance(Duration.ofMinutes(9));
    assertThat(due.stream().flatMap(List::stream)).isEmpty();

    doubts.add(SPY);
    scheduler.advance(Duration.ofMinutes(1));
    assertThat(due).contains(List.of(SPY));
  }
}
