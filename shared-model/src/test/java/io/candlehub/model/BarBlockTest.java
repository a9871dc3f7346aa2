package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BarBlockTest {
  @Test
  void shouldCutRangesWithBothEndsIncluded() {
    BarBlock block = block(60_000, 120_000, 240_000);

    assertThat(block.between(60_000, 120_000).size()).isEqualTo(2);
    assertThat(block.between(60_001, 240_000).startMillis(0)).isEqualTo(120_000);
    assertThat(block.between(Long.MIN_VALUE, Long.MAX_VALUE)).isSameAs(block);
    assertThat(block.between(130_000, 200_000).size()).isZero();
    assertThat(block.between(300_000, 100_000).size()).isZero();
  }

  @Test
  void shouldRefuseWhatDoesNotAscendOrIsNoBar() {
    BarBlock.Builder builder = new BarBlock.Builder(1).add(60_000, 1, 2, 1, 2, 10, Double.NaN, -1);

    assertThatThrownBy(() -> builder.add(60_000, 1, 2, 1, 2, 10, Double.NaN, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(120_000, 1, 0.5, 1, 2, 10, Double.NaN, -1))
        .hasMessageContaining("HIGH_BELOW_PRICE");
  }

  private static BarBlock block(long... starts) {
    BarBlock.Builder builder = new BarBlock.Builder(0);
    for (long start : starts) {
      builder.add(start, 1, 2, 1, 2, 10, Double.NaN, -1);
    }
    return builder.build();
  }
}
