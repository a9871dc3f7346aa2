package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class IndexRootTest {
  @ParameterizedTest
  @CsvSource({
    "SPX, I:SPX, EUROPEAN, true",
    "SPXW, I:SPX, EUROPEAN, false",
    "XSP, I:XSP, EUROPEAN, false",
    "NDX, I:NDX, EUROPEAN, true",
    "NDXP, I:NDX, EUROPEAN, false",
    "XND, I:XND, EUROPEAN, false",
    "RUT, I:RUT, EUROPEAN, true",
    "RUTW, I:RUT, EUROPEAN, false",
    "MRUT, I:MRUT, EUROPEAN, false",
    "RUI, I:RUI, EUROPEAN, true",
    "VIX, I:VIX, EUROPEAN, true",
    "VIXW, I:VIX, EUROPEAN, true",
    "DJX, I:DJX, EUROPEAN, true",
    "OEX, I:OEX, AMERICAN, false",
    "XEO, I:OEX, EUROPEAN, false"
  })
  void shouldKnowTheTermsOfIndexOptions(
      String root, String index, ExerciseStyle style, boolean atOpen) {
    IndexRoot known = IndexRoot.of(root).orElseThrow();
    assertThat(known.index()).isEqualTo(index);
    OptionTerms terms = terms(root);
    assertThat(terms.style()).isEqualTo(style);
    assertThat(terms.settledAtOpen()).isEqualTo(atOpen);
  }

  private static OptionTerms terms(String root) {
    return OptionTerms.of(Instrument.of("O:" + root + "251219C00100000")).orElseThrow();
  }

  @Test
  void shouldTakeAnUnknownRootForAShares() {
    assertThat(IndexRoot.of("XYZW")).isEmpty();
    assertThat(terms("XYZW").style()).isEqualTo(ExerciseStyle.AMERICAN);
    assertThat(terms("XYZW").settledAtOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"SPX, true", "SPXW, true", "XEO, true", "I:SPX, false", "SPY, false", "BRKB, false"})
  void shouldKnowSharesThatDoNotExistByTheirIndices(String symbol, boolean isRoot) {
    assertThat(IndexRoot.isNamedBy(Instrument.of(symbol))).isEqualTo(isRoot);
  }

  @ParameterizedTest
  @CsvSource({
    "I:SPX, 16:14, OPEN",
    "I:SPX, 16:30, POST",
    "I:OEX, 16:14, OPEN",
    "I:OEX, 16:30, CLOSED",
    "AAPL, 16:14, CLOSED"
  })
  void shouldTradeIndexOptionsALittleLonger(String underlying, LocalTime at, SessionPhase phase) {
    TradingCalendar options = TradingCalendar.ofOptionsOn(Instrument.of(underlying));
    long millis =
        LocalDate.of(2025, 12, 1).atTime(at).atZone(options.zone()).toInstant().toEpochMilli();

    assertThat(options.phaseAt(millis)).isEqualTo(phase);
  }
}
