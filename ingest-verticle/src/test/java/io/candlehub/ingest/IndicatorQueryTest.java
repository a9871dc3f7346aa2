package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.IndicatorKind;
import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndicatorQueryTest {
  private static IndicatorQuery query(IndicatorKind kind, List<Integer> windows) {
    return new IndicatorQuery(Instrument.of("SPY"), kind, windows, Timeframe.D1, 0, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"VWAP", "BOLLINGER"})
  void shouldRefuseWhatProvidersDoNotCompute(IndicatorKind kind) {
    assertThat(IndicatorQuery.parseKind(kind.wireName())).isEmpty();
    assertThatThrownBy(() -> query(kind, List.of(20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(kind.toString());
  }

  @Test
  void shouldTakeWhatProvidersCompute() {
    assertThat(IndicatorQuery.parseKind("rsi")).contains(IndicatorKind.RSI);
    assertThat(IndicatorQuery.parseKind("RSI")).isEmpty();
    assertThat(query(IndicatorKind.MACD, List.of(12, 26, 9)).windows()).hasSize(3);
    assertThat(query(IndicatorKind.SMA, List.of(50)).kind()).isEqualTo(IndicatorKind.SMA);
  }
}
