package io.candlehub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void shouldGiveTheBurstAtOnceAndTheRestByAndBy() {
    Allowance allowance = new Allowance(10, 3, 0);
    for (int i = 0; i < 30; i++) {
      assertThat(allowance.take(0)).isTrue();
    }
    assertThat(allowance.take(0)).isFalse();
    assertThat(allowance.retryAfterMillis(0)).isEqualTo(100);
    assertThat(allowance.take(SECOND / 10)).isTrue();
    assertThat(allowance.take(SECOND / 10)).isFalse();
    assertThat(allowance.isFull(SECOND)).isFalse();
    assertThat(allowance.isFull(4 * SECOND)).isTrue();
  }

  @Property(tries = 200)
  void shouldNeverGiveMoreThanWhatWasEarned(
      @ForAll @IntRange(min = 1, max = 200) int perSecond,
      @ForAll @IntRange(min = 1, max = 5) int burst,
      @ForAll @IntRange(min = 1, max = 2_000) int stepMillis) {
    Allowance allowance = new Allowance(perSecond, burst, -5 * SECOND);
    long given = 0;
    long now = 0;
    for (int i = 0; i < 2_000; i++) {
      given += allowance.take(now) ? 1 : 0;
      now += TimeUnit.MILLISECONDS.toNanos(i % 3 == 0 ? stepMillis : 0);
      assertThat(given).isLessThanOrEqualTo(perSecond * (burst + now / SECOND + 1));
    }
  }
}
