package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import java.time.LocalDate;
import java.util.Map;
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
    assertThat(Addresses.trades(spy)).isEqualTo("md.trades.SPY");
    assertThat(Addresses.parseTrades("md.trades.BRK.B")).contains(Instrument.of("BRK.B"));
  }

  @Test
  void shouldReadBackWhatViewersOfChainsLookAt() {
    Instrument spx = Instrument.of("I:SPX");
    LocalDate date = LocalDate.of(2025, 12, 19);
    Instrument contract = Instrument.of("O:SPXW251219C06500000");
    Map<String, ChainFocus> topics = Map.of(
        "md.chain.I:SPX", ChainFocus.nearest(spx),
        "md.chain.BRK.B", ChainFocus.nearest(Instrument.of("BRK.B")),
        "md.chain.I:SPX/2025-12-19", ChainFocus.on(spx, date),
        "md.chain.I:SPX/2025-12-19/O:SPXW251219C06500000", ChainFocus.on(spx, date, contract));
    topics.forEach((topic, focus) -> {
      assertThat(Addresses.chainFocus(focus)).isEqualTo(topic);
      assertThat(Addresses.parseChainFocus(topic)).contains(focus);
      assertThat(Addresses.isOfOptions(topic)).isTrue();
    });
    assertThat(Addresses.chain(spx)).isEqualTo("md.chain.I:SPX");
  }

  @Test
  void shouldKnowWhichTopicsAreAboutOptions() {
    assertThat(Addresses.isOfOptions("md.quote.O:SPY251219C00650000")).isTrue();
    assertThat(Addresses.isOfOptions("md.chart.1m.O:SPY251219C00650000")).isTrue();
    assertThat(Addresses.isOfOptions("md.quote.SPY")).isFalse();
    assertThat(Addresses.isOfOptions("md.chart.1m.I:SPX")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "md.chain.",
        "md.chain.SPY/2025-13-40",
        "md.chain.SPY/2025-12-19/SPY",
        "md.chain.SPY/2025-12-19/O:QQQ251219C00650000",
        "md.chain.SPY, QQQ",
        "md.chain.O:SPY251219C00650000",
        "md.quote.SPY"
      })
  void shouldRefuseOtherTopicsOfChains(String topic) {
    assertThat(Addresses.parseChainFocus(topic)).isEmpty();
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
    assertThat(Addresses.parseTrades(address)).isEmpty();
  }
}
