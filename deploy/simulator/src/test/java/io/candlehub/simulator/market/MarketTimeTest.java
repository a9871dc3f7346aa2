package io.candlehub.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MarketTimeTest {
  private final AtomicLong nanos = new AtomicLong();
  private final MarketTime time = new MarketTime(nanos::get, 1_000_000, 2_000_000, 60);

  @Test
  void shouldRunAtItsSpeed() {
    nanos.addAndGet(500_000_000);
    assertThat(time.millis()).isEqualTo(1_030_000);
    assertThat(time.wallMillisUntil(1_060_000)).isEqualTo(500);
  }

  @Test
  void shouldKeepItsPlaceWhenSpeedChangesAndPauses() {
    nanos.addAndGet(1_000_000_000);
    time.setSpeed(1);
    nanos.addAndGet(1_000_000_000);
    assertThat(time.millis()).isEqualTo(1_061_000);
    time.setPaused(true);
    nanos.addAndGet(1_000_000_000);
    assertThat(time.millis()).isEqualTo(1_061_000);
    assertThat(time.wallMillisUntil(1_062_000)).isEqualTo(Long.MAX_VALUE);
    time.setPaused(false);
    nanos.addAndGet(1_000_000_000);
    assertThat(time.millis()).isEqualTo(1_062_000);
  }

  @Test
  void shouldStopAtTheEndAndGoBackBySeeking() {
    nanos.addAndGet(100_000_000_000L);
    assertThat(time.millis()).isEqualTo(2_000_000);
    assertThat(time.ended()).isTrue();
    time.seek(1_500_000);
    assertThat(time.ended()).isFalse();
    assertThat(time.millis()).isEqualTo(1_500_000);
  }
}
