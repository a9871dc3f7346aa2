package io.candlehub.hub.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.hub.tape.FlowAlert.Kind;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class FlowWatchTest {
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final long NOON = Instant.parse("2025-12-01T17:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;
  private static final int ISO = 219;

  private final FlowWatch watch = new FlowWatch(FlowRules.from(Map.of()));
  private final TradeTape tape = new TradeTape(AssetClass.OPTION, TapeFeed.COARSE, 100);
  private long sequence;
  private Origin teller = Origin.UNKNOWN;

  FlowWatchTest() {
    watch.terms(new FlowTerms(CALL, 100, 10_000, Double.NaN, NOON));
    tape.onQuote(Tapes.quote(NOON - 1, 2.00, 2.10));
  }

  private List<FlowAlert> trade(
      long afterMillis, double price, double size, int exchange, int... conditions) {
    sequence++;
    TapeStamp at = TapeStamp.ofMillis(NOON + afterMillis, sequence);
    Print print = new Print(at, price, size, exchange, Tapes.ids(conditions), true, teller);
    return watch.onTrade(CALL, tape.onTrade(print).orElseThrow());
  }

  private static List<Kind> kinds(List<FlowAlert> alerts) {
    return alerts.stream().map(FlowAlert::kind).toList();
  }

  @Test
  void shouldTellMuchPremiumWithEvidence() {
    assertThat(trade(0, 2.10, 476, 300)).isEmpty();
    List<FlowAlert> alerts = trade(5, 2.10, 477, 301);
    assertThat(kinds(alerts)).containsExactly(Kind.PREMIUM);
    FlowAlert alert = alerts.get(0);
    assertThat(alert.premium()).isEqualTo(2.10 * 477 * 100);
    assertThat(alert.side()).isEqualTo(Side.BUY);
    assertThat(alert.confidence()).isEqualTo(100);
    assertThat(alert.price()).isEqualTo(2.10);
    assertThat(alert.size()).isEqualTo(477);
    assertThat(alert.exchanges()).containsExactly(301);
    assertThat(alert.quote().ask()).isEqualTo(2.10);
    assertThat(alert.fromMillis()).isEqualTo(NOON + 5);
    assertThat(alert.volume()).isEqualTo(953);
    assertThat(alert.openInterest()).isEqualTo(10_000);
    assertThat(alert.revision()).isZero();
  }

  @Test
  void shouldTellBlockInsteadOfPremium() {
    assertThat(kinds(trade(0, 2.00, 500, 300))).containsExactly(Kind.BLOCK);
    assertThat(kinds(trade(1_000, 0.50, 600, 300))).isEmpty();
  }

  @Test
  void shouldTakeMultiplierOfContract() {
    Instrument adjusted = Instrument.of("O:SPY1251219C00650000");
    watch.terms(new FlowTerms(adjusted, 10, Double.NaN, Double.NaN, NOON));
    Print print = Tapes.print(TapeStamp.ofMillis(NOON, 1), 2.10, 480, 300);
    assertThat(watch.onTrade(adjusted, tape.onTrade(print).orElseThrow())).isEmpty();
  }

  @Test
  void shouldNotJudgeContractWithoutTerms() {
    Instrument other = Instrument.of("O:SPY251219P00650000");
    Print print = Tapes.print(TapeStamp.ofMillis(NOON, 999), 200, 10_000, 300);
    assertThat(watch.onTrade(other, tape.onTrade(print).orElseThrow())).isEmpty();
    assertThat(watch.withoutTerms()).isEqualTo(1);
    watch.forget(CALL);
    assertThat(trade(0, 2.10, 5_000, 300)).isEmpty();
    assertThat(watch.withoutTerms()).isEqualTo(2);
  }

  @Test
  void shouldLeaveOutCancelledAndLatePrints() {
    for (int condition : new int[] {201, 202, 203, 204, 205, 206, 207, 208, 246, 247}) {
      assertThat(kinds(trade(0, 2.10, 600, 300, condition)))
          .as("condition %d", condition)
          .doesNotContain(Kind.BLOCK, Kind.PREMIUM);
    }
    assertThat(kinds(trade(0, 2.10, 600, 300, 232))).containsExactly(Kind.BLOCK);
  }

  @Test
  void shouldTellSweepOnceAndReviseItWhileItGoesOn() {
    assertThat(trade(0, 2.10, 100, 300, ISO)).isEmpty();
    List<FlowAlert> first = trade(20, 2.10, 50, 301, ISO);
    assertThat(kinds(first)).containsExactly(Kind.SWEEP);
    List<FlowAlert> second = trade(40, 2.12, 30, 302, ISO);
    assertThat(kinds(second)).containsExactly(Kind.SWEEP);
    FlowAlert grown = second.get(0);
    assertThat(grown.id()).isEqualTo(first.get(0).id());
    assertThat(first.get(0).revision()).isZero();
    assertThat(grown.revision()).isEqualTo(1);
    assertThat(grown.exchanges()).containsExactly(300, 301, 302);
    assertThat(grown.prints()).isEqualTo(3);
    assertThat(grown.sweepPrints()).isEqualTo(3);
    assertThat(grown.size()).isEqualTo(180);
    assertThat(grown.premium()).isEqualTo((2.10 * 100 + 2.10 * 50 + 2.12 * 30) * 100);
    assertThat(grown.fromMillis()).isEqualTo(NOON);
    assertThat(grown.toMillis()).isEqualTo(NOON + 40);
  }

  @Test
  void shouldTellWhoToldTheTrades() {
    teller = new Origin("massive", "");
    assertThat(trade(0, 2.10, 600, 300).get(0).origin()).isEqualTo(teller);
    trade(1_000, 2.10, 100, 300, ISO);
    assertThat(trade(1_010, 2.10, 100, 301, ISO).get(0).origin()).isEqualTo(teller);
    teller = new Origin("second", "unhealthy");
    assertThat(trade(1_020, 2.10, 100, 302, ISO).get(0).origin())
        .isEqualTo(new Origin("hybrid", "unhealthy"));
    List<FlowAlert> interest = trade(5_000, 2.10, 9_200, 300, 232);
    assertThat(kinds(interest)).containsExactly(Kind.BLOCK, Kind.VOLUME);
    assertThat(interest).allMatch(alert -> alert.origin().equals(teller));
  }

  @Test
  void shouldBeginNewSweepAfterItsTime() {
    trade(0, 2.10, 100, 300, ISO);
    FlowAlert first = trade(10, 2.10, 100, 301, ISO).get(0);
    assertThat(trade(501, 2.10, 100, 300, ISO)).isEmpty();
    FlowAlert second = trade(510, 2.10, 100, 301, ISO).get(0);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.revision()).isZero();
  }

  @Test
  void shouldTakeLateTradeIntoSweepOfItsTime() {
    trade(400, 2.10, 100, 300, ISO);
    assertThat(kinds(trade(0, 2.10, 100, 301, ISO))).containsExactly(Kind.SWEEP);
    assertThat(trade(-200, 2.10, 100, 302, ISO)).isEmpty();
    assertThat(kinds(trade(450, 2.10, 100, 303, ISO))).containsExactly(Kind.SWEEP);
  }

  @Test
  void shouldNotMixSidesInSweep() {
    trade(0, 2.10, 100, 300, ISO);
    assertThat(trade(1, 2.00, 100, 301, ISO)).isEmpty();
    assertThat(kinds(trade(2, 2.00, 100, 302, ISO))).containsExactly(Kind.SWEEP);
  }

  @Test
  void shouldWantOneMoreExchangeWithoutMarkedTrades() {
    trade(0, 2.10, 100, 300);
    assertThat(trade(1, 2.10, 100, 301)).isEmpty();
    assertThat(kinds(trade(2, 2.10, 100, 302))).containsExactly(Kind.SWEEP);
  }

  @Test
  void shouldNotCallPackagesOrSmallMoneySweep() {
    trade(0, 2.10, 100, 300, 232);
    assertThat(trade(1, 2.10, 100, 301, 232)).isEmpty();
    trade(2_000, 2.10, 10, 300, ISO);
    assertThat(trade(2_001, 2.10, 10, 301, ISO)).isEmpty();
  }

  @Test
  void shouldTellVolumeOverInterestOnceAndAtEachDoubling() {
    watch.terms(new FlowTerms(CALL, 100, 600, Double.NaN, NOON));
    assertThat(trade(0, 0.05, 499, 300)).isEmpty();
    assertThat(trade(1, 0.05, 100, 300)).isEmpty();
    List<FlowAlert> first = trade(2, 0.05, 1, 300);
    assertThat(kinds(first)).containsExactly(Kind.VOLUME);
    assertThat(first.get(0).volume()).isEqualTo(600);
    assertThat(trade(3, 0.05, 400, 300)).isEmpty();
    List<FlowAlert> doubled = trade(4, 0.05, 200, 300);
    assertThat(kinds(doubled)).containsExactly(Kind.VOLUME);
    assertThat(doubled.get(0).id()).isNotEqualTo(first.get(0).id());
    assertThat(trade(5, 0.05, 1, 300)).isEmpty();
  }

  @Test
  void shouldCompareWithVolumeOfProviderAndWithNoUnknownInterest() {
    watch.terms(new FlowTerms(CALL, 100, 1_000, 5_000, NOON));
    assertThat(kinds(trade(0, 0.05, 1, 300))).containsExactly(Kind.VOLUME);
    assertThat(trade(1, 0.05, 1, 300)).isEmpty();
    Instrument unknown = Instrument.of("O:SPY251219P00650000");
    watch.terms(new FlowTerms(unknown, 100, Double.NaN, 50_000, NOON));
    Print print = Tapes.print(TapeStamp.ofMillis(NOON, 999), 0.05, 1, 300);
    assertThat(watch.onTrade(unknown, tape.onTrade(print).orElseThrow())).isEmpty();
  }

  @Test
  void shouldTellContractWithoutInterestOnce() {
    watch.terms(new FlowTerms(CALL, 100, 0, Double.NaN, NOON));
    List<FlowAlert> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.addAll(trade(i * 1_000L, 0.05, 400, 300));
    }
    assertThat(kinds(all)).containsExactly(Kind.VOLUME);
    assertThat(all.get(0).volume()).isEqualTo(800);
  }

  @Test
  void shouldBeginAnewEachDay() {
    watch.terms(new FlowTerms(CALL, 100, 1_000, 5_000, NOON));
    assertThat(kinds(trade(0, 0.05, 1, 300))).containsExactly(Kind.VOLUME);
    assertThat(trade(DAY, 0.05, 499, 300)).isEmpty();
    assertThat(trade(0, 0.05, 10_000, 300)).isEmpty();
    assertThat(kinds(trade(DAY + 1, 0.05, 501, 300))).containsExactly(Kind.VOLUME);
  }

  @Test
  void shouldNotTakeVolumeOfYesterdayForTodays() {
    assertThat(trade(DAY, 0.05, 1, 300)).isEmpty();
    watch.terms(new FlowTerms(CALL, 100, 1_000, 5_000, NOON));
    assertThat(trade(DAY + 1, 0.05, 1, 300)).isEmpty();
    watch.terms(new FlowTerms(CALL, 100, 1_000, 5_000, NOON + DAY));
    assertThat(kinds(trade(DAY + 2, 0.05, 1, 300))).containsExactly(Kind.VOLUME);
  }

  @Test
  void shouldRefuseTermsThatCannotBe() {
    assertThatThrownBy(() -> new FlowTerms(CALL, 0, 1, 1, NOON)).hasMessageContaining("multiplier");
    assertThatThrownBy(() -> new FlowTerms(CALL, 100, -1, 1, NOON))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> new FlowTerms(Instrument.of("SPY"), 100, 1, 1, NOON))
        .hasMessageContaining("option");
  }

  @Test
  void shouldReadRulesFromSettings() {
    assertThat(FlowRules.from(Map.of("flow.premium", "250000")).premium()).isEqualTo(250_000);
    assertThat(FlowRules.SETTINGS).hasSize(8);
  }
}
