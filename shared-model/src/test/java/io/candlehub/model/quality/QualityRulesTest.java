package io.candlehub.model.quality;

import static io.candlehub.model.Legs.CALL_GREEKS;
import static io.candlehub.model.Legs.NONE;
import static io.candlehub.model.Legs.PUT_GREEKS;
import static io.candlehub.model.Legs.contract;
import static io.candlehub.model.Legs.leg;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.Origin;
import io.candlehub.model.Quality;
import io.candlehub.model.QualityGrade;
import io.candlehub.model.Quote;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class QualityRulesTest {
  private static final String CALL = "O:SPY251219C00650000";
  private static final String PUT = "O:SPY251219P00650000";
  private static final long NOW = 1_000_000_000;

  @ParameterizedTest(name = "{0}/{1} last {2}: {3}")
  @CsvSource({
    "5, 5.1, 5, ''",
    "0, 5, NaN, one-sided",
    "5, NaN, 5, one-sided",
    "NaN, NaN, 5, ''",
    "0, 0, NaN, no-price",
    "NaN, NaN, NaN, no-price",
    "5.2, 5.1, 5, crossed",
    "5, 5, 5, locked",
    "5, 5.5, 5, ''",
    "5, 5.6, 5, wide-spread",
    "-1, 5, 5, bad-value|one-sided",
    "5, 5.1, -1, bad-value",
    "5, Infinity, 5, bad-value"
  })
  void shouldJudgeQuotesAndContractsAlike(double bid, double ask, double last, String codes) {
    assertCodes(QualityRules.quote(quote(bid, ask, 1, last)), codes);
    assertCodes(QualityRules.contract(leg(CALL, bid, ask, last, 10, 10, 0.2, CALL_GREEKS)), codes);
  }

  private static Quote quote(double bid, double ask, double bidSize, double last) {
    return new Quote(
        Instrument.of(CALL), bid, ask, bidSize, 1, last, 10, NONE, NONE, NOW, Origin.UNKNOWN);
  }

  @Test
  void shouldWarnOfGreeksThatAreMuchOlderThanTheirQuote() {
    long old = NOW - QualityRules.OLD_BESIDE_MILLIS;
    assertCodes(QualityRules.contract(told(0.2, CALL_GREEKS, old)), "");
    assertCodes(QualityRules.contract(told(0.2, CALL_GREEKS, old - 1)), "old-greeks");
    assertCodes(QualityRules.contract(told(0.2, CALL_GREEKS, 0)), "old-greeks");
    assertCodes(QualityRules.contract(told(NONE, Greeks.NONE, 0)), "no-greeks|no-iv");
    assertThat(QualityRules.contract(told(0.2, CALL_GREEKS, old - 60 * 60_000))
            .quality("tradier", NOW, NOW, "")
            .confidence())
        .as("an hour is a warning and no more")
        .isEqualTo(95);
  }

  private static SnapshotLeg told(double volatility, Greeks greeks, long greeksAtMillis) {
    return new SnapshotLeg(
        OptionTerms.of(contract(CALL)),
        5,
        5.1,
        1,
        1,
        5,
        100,
        50,
        volatility,
        greeks,
        NOW,
        greeksAtMillis,
        "tradier",
        "",
        Set.of());
  }

  private static void assertCodes(Assessment found, String codes) {
    assertThat(found.findings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrderElementsOf(
            codes.isEmpty() ? List.of() : Arrays.asList(codes.split("\\|")));
  }

  @ParameterizedTest(name = "call {0}, put {1}: {2}")
  @CsvSource({
    "0.5, -0.5, ''",
    "1, -1, ''",
    "0, 0, delta-zero",
    "-0.1, 0.1, delta-range",
    "1.01, -1.01, delta-range",
    "NaN, NaN, no-greeks"
  })
  void shouldJudgeDeltaByRight(double call, double put, String codes) {
    assertCodes(QualityRules.contract(withDelta(CALL, call)), codes);
    assertCodes(QualityRules.contract(withDelta(PUT, put)), codes);
  }

  private static OptionLeg withDelta(String symbol, double delta) {
    return leg(symbol, 5, 5.1, 0.2, new Greeks(delta, 0.01, -0.1, 0.2, 0.1));
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "3, ''", "3.01, iv-range", "-0.01, iv-range", "NaN, no-iv"})
  void shouldJudgeVolatility(double iv, String codes) {
    assertCodes(QualityRules.contract(leg(PUT, 5, 5.1, iv, PUT_GREEKS)), codes);
  }

  @Test
  void shouldJudgeGreeksSizesAndLiquidity() {
    assertCodes(
        QualityRules.contract(leg(CALL, 5, 5.1, 0.2, new Greeks(0.5, -0.01, -0.1, 0.2, 0.1))),
        "greeks-range");
    assertCodes(
        QualityRules.contract(leg(CALL, 5, 5.1, 0.2, new Greeks(0.5, 0.01, -0.1, -0.2, 0.1))),
        "greeks-range");
    assertCodes(
        QualityRules.contract(leg(CALL, 5, 5.1, 5, 0, 9, 0.2, CALL_GREEKS)),
        "no-volume|low-open-interest");
    assertCodes(
        QualityRules.contract(leg(CALL, 5, 5.1, 5, NONE, NONE, 0.2, CALL_GREEKS)),
        "no-volume|low-open-interest");
    assertCodes(
        QualityRules.contract(leg(CALL, 5, 5.1, 5, -1, -1, 0.2, CALL_GREEKS)),
        "bad-value|no-volume|low-open-interest");
    assertCodes(QualityRules.quote(quote(5, 5.1, -1, 5)), "bad-value");
  }

  @ParameterizedTest(name = "{0} warnings, {1} ms old: {2}")
  @CsvSource({
    "0, 0, 100, excellent, false",
    "0, 5000, 100, excellent, false",
    "0, 5001, 90, excellent, true",
    "0, 15000, 90, excellent, true",
    "0, 15001, 75, good, true",
    "2, 0, 90, excellent, false",
    "3, 0, 85, good, false",
    "3, 6000, 77, good, true",
    "2, 20000, 68, fair, true",
    "6, 0, 70, good, false"
  })
  void shouldTakeConfidenceAway(
      int warnings, long age, int confidence, String grade, boolean stale) {
    Assessment found = new Assessment();
    Arrays.stream(Finding.values())
        .filter(each -> !each.isError())
        .limit(warnings)
        .forEach(each -> found.when(true, each));
    Quality quality = found.quality("first", NOW - age, NOW, "");
    assertThat(quality.confidence()).isEqualTo(confidence);
    assertThat(quality.grade().wireName()).isEqualTo(grade);
    assertThat(quality.stale()).isEqualTo(stale);
    assertThat(quality.warnings()).hasSize(warnings);
  }

  @Test
  void shouldLeaveNoConfidenceInErrors() {
    for (Finding finding : Finding.values()) {
      Quality quality =
          new Assessment().when(true, finding).quality("first", NOW, NOW, "second down");
      assertThat(quality.confidence()).isEqualTo(finding.isError() ? 0 : 95);
      assertThat(quality.fallbackReason()).isEqualTo("second down");
    }
    Assessment all = new Assessment();
    Arrays.stream(Finding.values())
        .filter(each -> !each.isError())
        .forEach(each -> all.when(true, each));
    assertThat(all.quality("first", NOW, NOW, "").confidence()).isBetween(0, 40);
  }

  @Test
  void shouldTrustDataOfUnknownAgeLess() {
    Quality quality = new Assessment().quality("first", 0, NOW, "");
    assertThat(quality.warnings()).containsExactly("no-time");
    assertThat(quality.stale()).isTrue();
    assertThat(quality.confidence()).isEqualTo(71);
  }

  @Test
  void shouldNameTheGrades() {
    assertThat(QualityGrade.of(100)).isEqualTo(QualityGrade.EXCELLENT);
    assertThat(QualityGrade.of(90)).isEqualTo(QualityGrade.EXCELLENT);
    assertThat(QualityGrade.of(89)).isEqualTo(QualityGrade.GOOD);
    assertThat(QualityGrade.of(70)).isEqualTo(QualityGrade.GOOD);
    assertThat(QualityGrade.of(69)).isEqualTo(QualityGrade.FAIR);
    assertThat(QualityGrade.of(40)).isEqualTo(QualityGrade.FAIR);
    assertThat(QualityGrade.of(39)).isEqualTo(QualityGrade.POOR);
    assertThat(QualityGrade.of(0)).isEqualTo(QualityGrade.POOR);
  }

  private static OptionChain.Strike strike(int price, double bid, char... rights) {
    List<OptionLeg> legs = new ArrayList<>();
    for (char right : rights) {
      String symbol = String.format(Locale.ROOT, "O:SPY251219%c%08d", right, price * 1_000);
      legs.add(leg(symbol, bid, 5.1, 0.2, right == 'C' ? CALL_GREEKS : PUT_GREEKS));
    }
    return new OptionChain.Strike(price, legs);
  }

  private static List<OptionChain.Expiration> chain(OptionChain.Strike... strikes) {
    return List.of(
        new OptionChain.Expiration(contract(CALL).expiration(), "SPY", List.of(strikes)));
  }

  private static OptionChain.Expiration at(int... prices) {
    return new OptionChain.Expiration(
        contract(CALL).expiration(),
        "SPY",
        Arrays.stream(prices).mapToObj(price -> strike(price, 5, 'C', 'P')).toList());
  }

  @Test
  void shouldJudgeChains() {
    assertCodes(QualityRules.chain(650, List.of(at(640, 645, 650, 655))), "");
    assertCodes(QualityRules.chain(NONE, List.of()), "empty|no-spot");
    assertCodes(
        QualityRules.chain(650, chain(strike(645, 5, 'C', 'P'), strike(650, 5, 'C'))),
        "missing-legs");
    assertCodes(
        QualityRules.chain(
            650,
            chain(strike(640, 5, 'C', 'P'), strike(645, 5, 'C', 'P'), strike(650, 6, 'C', 'P'))),
        "leg-errors");
    assertCodes(
        QualityRules.chain(650, chain(strike(645, 5, 'C', 'P'), strike(650, NONE, 'C', 'P'))),
        "coverage");
    assertCodes(
        QualityRules.chain(
            650,
            chain(strike(640, 5, 'C', 'P'), strike(645, 6, 'C', 'P'), strike(650, 6, 'C', 'P'))),
        "leg-errors|mostly-unusable");
  }

  @Test
  void shouldFindHolesAndNotWiderStrikesFarAway() {
    assertCodes(QualityRules.chain(650, List.of(at(640, 645, 655, 660))), "strike-gaps");
    assertCodes(QualityRules.chain(650, List.of(at(600, 620, 640, 645, 650, 655, 660, 680))), "");
    assertCodes(QualityRules.chain(650, List.of(at(640, 650, 655))), "");
  }

  private static Bar bar(long start) {
    return new Bar(start, 1, 2, 1, 2, 0, NONE, -1, BarState.FINAL, 0, BarSource.BACKFILL, NONE);
  }

  @Test
  void shouldJudgeIndices() {
    Map<Timeframe, List<Bar>> bars = Map.of(Timeframe.M1, List.of(bar(0), bar(60_000)));
    List<Timeframe> wanted = List.of(Timeframe.M1);
    assertCodes(QualityRules.index(100, 90, 110, bars, wanted), "");
    assertCodes(QualityRules.index(100, NONE, NONE, bars, wanted), "");
    assertCodes(QualityRules.index(NONE, 90, 110, bars, wanted), "no-price");
    assertCodes(QualityRules.index(0, NONE, NONE, bars, wanted), "bad-value");
    assertCodes(QualityRules.index(111, 90, 110, bars, wanted), "outside-range");
    assertCodes(QualityRules.index(89, 90, 110, bars, wanted), "outside-range");
    assertCodes(QualityRules.index(100, 110, 90, bars, wanted), "bad-bar|outside-range");
    assertCodes(
        QualityRules.index(100, 90, 110, bars, List.of(Timeframe.M1, Timeframe.M5)),
        "missing-timeframe");
    List<Timeframe> three = List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1);
    Quality some = QualityRules.index(100, 90, 110, bars, three).quality("first", NOW, NOW, "");
    assertThat(some.warnings()).containsExactly("missing-timeframe", "missing-timeframe");
    assertThat(some.confidence()).isEqualTo(90);
    Quality none = QualityRules.index(100, 90, 110, Map.of(), three).quality("first", NOW, NOW, "");
    assertThat(none.warnings()).hasSize(4).contains("no-timeframes");
    assertThat(none.confidence()).isZero();
    Map<Timeframe, List<Bar>> unordered = Map.of(Timeframe.M1, List.of(bar(60_000), bar(60_000)));
    assertCodes(QualityRules.index(100, 90, 110, unordered, wanted), "bad-bar");
  }

  private static SnapshotLeg told(double bid, double last, double delta) {
    return new SnapshotLeg(
        OptionTerms.of(contract(CALL)),
        bid,
        bid + 0.1,
        1,
        1,
        last,
        100,
        50,
        0.2,
        new Greeks(delta, 0.01, -0.1, 0.2, 0.1),
        NOW,
        NOW,
        "first",
        "",
        Set.of());
  }

  @Test
  void shouldJudgeContractsAsProvidersTellThem() {
    assertCodes(QualityRules.contract(told(5, 5, 0.5)), "");
    assertCodes(QualityRules.contract(told(NONE, NONE, 0.5)), "no-price");
    assertCodes(QualityRules.contract(told(5, 5, -0.5)), "delta-range");
  }

  @Test
  void shouldJudgeChainsAsProvidersTellThem() {
    SnapshotLeg good = told(5, 5, 0.5);
    SnapshotLeg bare = told(NONE, NONE, 0.5);
    assertCodes(chainOf(650, good, good), "");
    assertCodes(chainOf(NONE), "empty|no-spot");
    assertCodes(chainOf(NONE, good, good, bare), "no-spot|leg-errors|coverage");
    assertCodes(chainOf(650, good, bare, bare), "leg-errors|coverage|mostly-unusable");
  }

  private static Assessment chainOf(double spot, SnapshotLeg... legs) {
    return QualityRules.chain(new ChainSnapshot("SPY", spot, NOW, List.of(legs), NOW));
  }

  @Test
  void shouldJudgeSnapshotsOfInstruments() {
    assertCodes(market("SPY", 5, 5.1, 5, 10, 4, 6), "");
    assertCodes(market("I:SPX", NONE, NONE, 6_500, NONE, NONE, NONE), "");
    assertCodes(market("SPY", NONE, NONE, NONE, 10, 4, 6), "no-price");
    assertCodes(market("SPY", 5, 5.1, 5, -1, 4, 6), "bad-value");
    assertCodes(market("SPY", 5, 5.1, 5, 10, 6, 4), "bad-bar");
  }

  private static Assessment market(
      String symbol, double bid, double ask, double last, double volume, double low, double high) {
    return QualityRules.snapshot(new MarketSnapshot(
        Instrument.of(symbol),
        "",
        bid,
        ask,
        1,
        1,
        last,
        volume,
        NONE,
        NONE,
        high,
        low,
        NONE,
        NOW,
        NOW,
        NOW,
        "first",
        "",
        Set.of()));
  }
}
