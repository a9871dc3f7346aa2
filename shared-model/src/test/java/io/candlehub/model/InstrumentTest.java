package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentTest {
  @ParameterizedTest
  @CsvSource({
    "SPY,EQUITY",
    "BRK.B,EQUITY",
    "O:SPY251219C00650000,OPTION",
    "I:SPX,INDEX",
    "F:GC,FUTURE",
    "ES,EQUITY"
  })
  void shouldTellClassByPrefix(String symbol, AssetClass expected) {
    assertThat(Instrument.of(symbol).assetClass()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "A B",
        "A,B",
        "*",
        "O:",
        "NYSE:IBM",
        "A\"B",
        "A\u0000",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456"
      })
  void shouldRefuseWhatIsNoSymbol(String text) {
    assertThat(Instrument.parse(text)).isEmpty();
  }

  @Test
  void shouldRefuseAbsentSymbol() {
    assertThat(Instrument.parse(null)).isEmpty();
  }
}
