package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketTimerTest {
  private final ManualClock clock = new ManualClock(1_000);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final List<Long> runs = new ArrayList<>();

  @Test
  void shouldRunOnceAtTheInstant() {
    scheduler.atMarket(clock, 4_500, () -> runs.add(clock.millis()));

    scheduler.advance(Duration.ofSeconds(10));

    assertThat(runs).containsExactly(4_500L);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldRunAtOnceWhenTheInstantHasPassed() {
    scheduler.atMarket(clock, 10, () -> runs.add(clock.millis()));

    scheduler.advance(Duration.ZERO);

    assertThat(runs).containsExactly(1_000L);
  }

  @Test
  void shouldNotRunWhenCancelledWhileWaiting() {
    Scheduler.Cancellable timer = scheduler.atMarket(clock, 4_500, () -> runs.add(clock.millis()));
    scheduler.advance(Duration.ofSeconds(2));

    timer.cancel();
    scheduler.advance(Duration.ofSeconds(10));

    assertThat(runs).isEmpty();
  }
}
