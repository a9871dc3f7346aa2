package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @EnumSource(Timeframe.class)
  void shouldReadBackEveryChartAddress(Timeframe timeframe) {
    for (SessionMode mode : SessionMode.values()) {
      StreamKey key = new StreamKey(Instrument.of("BRK.B"), timeframe, mode);
      assertThat(Addresses.parseChart(Addresses.chart(key))).contains(key);
    }
  }

  @Test
  void shouldUseTheDocumentedForms() {
    Instrument spy = Instrument.of("SPY");

    assertThat(Addresses.chart(new StreamKey(spy, Timeframe.M1, SessionMode.EXTENDED)))
        .isEqualTo("md.chart.1m.SPY");
    assertThat(Addresses.chart(new StreamKey(spy, Timeframe.M5, SessionMode.REGULAR)))
        .isEqualTo("md.chart.5m:regular.SPY");
    assertThat(Addresses.quote(spy)).isEqualTo("md.quote.SPY");
    assertThat(Addresses.parseQuote("md.quote.BRK.B")).contains(Instrument.of("BRK.B"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "md.chart.",
        "md.chart.1m",
        "md.chart.1m.",
        "md.chart.7m.SPY",
        "md.chart.1m:odd.SPY",
        "x"
      })
  void shouldRefuseOtherAddresses(String address) {
    assertThat(Addresses.parseChart(address)).isEmpty();
    assertThat(Addresses.parseQuote(address)).isEmpty();
  }
}
