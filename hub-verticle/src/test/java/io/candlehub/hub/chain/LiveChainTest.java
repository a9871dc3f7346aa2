package io.candlehub.hub.chain;

import static io.candlehub.hub.chain.DeskRig.SPY;
import static io.candlehub.hub.chain.ScriptedOptions.CONTRACTS;
import static io.candlehub.hub.chain.ScriptedOptions.FAR;
import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static io.candlehub.hub.chain.ScriptedOptions.symbol;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.feed.TradeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What viewers of a chain are told. */
@Timeout(30)
class LiveChainTest {
  private static final ChainFocus FOCUS = ChainFocus.on(SPY, NEAR);
  private static final String CALL = symbol(NEAR, 'C', 650);
  private static final String FAR_PUT = symbol(NEAR, 'P', 610);

  private final DeskRig rig = new DeskRig();

  private static List<String> window(int centre) {
    List<String> window = new ArrayList<>();
    for (int distance = 0; distance <= DeskRig.WINDOW; distance++) {
      window.add(symbol(NEAR, 'C', centre - distance));
      window.add(symbol(NEAR, 'P', centre - distance));
      if (distance > 0) {
        window.add(symbol(NEAR, 'C', centre + distance));
        window.add(symbol(NEAR, 'P', centre + distance));
      }
    }
    return window;
  }

  private OptionLeg leg(String symbol) {
    return rig.desk.contract(Instrument.of(symbol)).result().leg();
  }

  @Test
  void shouldStreamTheWindowAfterTheSelectedContract() {
    int[] told = {0};
    rig.desk.onLive(() -> told[0]++);
    rig.look(ChainFocus.on(SPY, NEAR, Instrument.of(FAR_PUT)));
    List<String> live = new ArrayList<>(List.of(FAR_PUT));
    live.addAll(window(650));
    assertThat(rig.desk.live()).containsExactlyElementsOf(live);
    assertThat(told[0]).isPositive();
    assertThat(rig.desk.underlyings()).containsExactly(SPY);
    rig.pass(100);
    ChainUpdate first = rig.lastUpdate();
    assertThat(first.underlying()).isEqualTo("SPY");
    assertThat(first.expiration()).isEqualTo(NEAR);
    assertThat(first.window()).containsExactlyElementsOf(live);
    assertThat(first.legs()).hasSize(CONTRACTS).noneMatch(OptionLeg::live);
    assertThat(first.removed()).isEmpty();
  }

  @Test
  void shouldTellChangedLegsOnlyAndNotMoreOftenThanTenTimesASecond() {
    rig.look(FOCUS);
    rig.pass(150);
    rig.updates.clear();
    for (int i = 0; i < 1_000; i++) {
      rig.quote(CALL, 5 + i / 1_000.0, 5.1 + i / 1_000.0);
      rig.quote(FAR_PUT, 1, 2);
      rig.pass(1);
    }
    assertThat(rig.updates).hasSizeBetween(9, 11).allSatisfy(update -> {
      assertThat(update.legs())
          .extracting(leg -> leg.contract().instrument().symbol())
          .containsExactly(CALL);
      assertThat(update.legs().get(0).live()).isTrue();
    });
    assertThat(leg(FAR_PUT).live()).isFalse();
    assertThat(rig.shownLive).containsExactly(CALL);
  }

  private void watch() {
    rig.updates.clear();
    rig.desk.watchSessions();
    rig.pass(100);
  }

  @Test
  void shouldTellLegsAgainThatHaveGrownOld() {
    rig.look(FOCUS);
    rig.pass(100);
    rig.provider.silence();
    rig.pass(3_000);
    rig.quote(CALL, 5, 5.1);
    rig.pass(2_000);
    watch();
    assertThat(rig.lastUpdate().legs())
        .hasSize(CONTRACTS - 1)
        .allMatch(leg -> leg.quality().stale())
        .noneMatch(leg -> leg.contract().instrument().symbol().equals(CALL));
    watch();
    assertThat(rig.updates).isEmpty();
    rig.pass(10_000);
    watch();
    assertThat(rig.lastUpdate().legs())
        .hasSize(CONTRACTS)
        .filteredOn(leg -> leg.quality().confidence() > 75)
        .singleElement()
        .satisfies(leg -> assertThat(leg.live()).isTrue());
  }

  @Test
  void shouldTellALegTwiceMoreAtMostWhileTheProviderIsSilent() {
    rig.look(FOCUS);
    rig.pass(100);
    rig.provider.silence();
    rig.updates.clear();
    for (int second = 0; second < 120; second++) {
      rig.desk.watchSessions();
      rig.pass(1_000);
    }

    long legs = rig.updates.stream().mapToLong(update -> update.legs().size()).sum();
    assertThat(legs).isEqualTo(2L * CONTRACTS);
  }

  @Test
  void shouldTellWhatIsNewOfTheWhole() {
    rig.look(FOCUS);
    rig.pass(100);
    assertThat(rig.lastUpdate().spot()).isEqualTo(650);
    assertThat(rig.lastUpdate().quality()).isEmpty();
    watch();
    assertThat(rig.lastUpdate().legs()).isEmpty();
    assertThat(rig.lastUpdate().spot()).isNaN();
    assertThat(rig.lastUpdate().quality())
        .singleElement()
        .satisfies(quality -> assertThat(quality.stale()).isFalse());
    rig.provider.silence();
    rig.trade(650.1);
    watch();
    assertThat(rig.lastUpdate().spot()).isEqualTo(650.1);
    assertThat(rig.lastUpdate().quality()).isEmpty();
    rig.pass(16_000);
    watch();
    assertThat(rig.lastUpdate().spot()).isNaN();
    assertThat(rig.lastUpdate().quality()).singleElement().satisfies(quality -> {
      assertThat(quality.stale()).isTrue();
      assertThat(quality.warnings()).contains("last-known");
    });
  }

  @Test
  void shouldTellStreamedTrades() {
    rig.look(FOCUS);
    rig.pass(100);
    rig.desk.onTrade(
        new TradeEvent(Instrument.of(CALL), rig.clock.millis(), 0, 0, 5.55, 1, List.of()));
    rig.pass(100);
    assertThat(rig.lastUpdate().legs()).singleElement().satisfies(leg -> {
      assertThat(leg.last()).isEqualTo(5.55);
      assertThat(leg.live()).isFalse();
    });
  }

  @Test
  void shouldRefreshTheOthersEveryFewSeconds() {
    rig.look(FOCUS);
    rig.pass(Duration.ofSeconds(20));
    assertThat(rig.provider.questions)
        .containsExactly(
            "chain 2025-12-19 2025-12-19 reader",
            "chain 2025-12-19 2025-12-19 warm",
            "chain 2025-12-19 2025-12-19 warm",
            "chain 2025-12-19 2025-12-19 warm",
            "chain 2025-12-19 2025-12-19 warm");
    rig.look();
    rig.pass(Duration.ofSeconds(20));
    assertThat(rig.provider.questions).hasSize(5);
    assertThat(rig.desk.live()).isEmpty();
    assertThat(rig.desk.underlyings()).isEmpty();
  }

  @Test
  void shouldAskLessOftenWhileTheProviderFails() {
    rig.provider.fail(Failure.PROVIDER_ERROR);
    rig.look(FOCUS);
    rig.pass(Duration.ofMinutes(5));
    assertThat(rig.provider.questions.size()).isBetween(12, 20);
    rig.provider.failure = Optional.empty();
    rig.pass(Duration.ofSeconds(40));
    assertThat(rig.desk.live()).hasSize(42);
  }

  @Test
  void shouldShareTheWindowOfAllWhoLookAtTheSame() {
    ChainFocus selecting = ChainFocus.on(SPY, NEAR, Instrument.of(CALL));
    rig.look(FOCUS, selecting, ChainFocus.nearest(SPY));
    assertThat(rig.desk.live()).hasSize(42);
    assertThat(rig.desk.live().get(0)).isEqualTo(CALL);
    rig.look(FOCUS);
    assertThat(rig.desk.live()).hasSize(42);
    rig.look(ChainFocus.nearest(SPY));
    assertThat(rig.desk.live()).hasSize(42);
  }

  @Test
  void shouldShowTheNextExpirationWhenTheNearestIsOver() {
    rig.look(ChainFocus.nearest(SPY));
    assertThat(rig.desk.live()).containsExactlyElementsOf(window(650));
    rig.clock.advance(Duration.ofDays(19).toMillis());
    rig.pass(Duration.ofMinutes(2));
    assertThat(rig.desk.live()).hasSize(42).contains(symbol(FAR, 'C', 650));
  }

  @Test
  void shouldTakeOtherContractsLastAndWithinTheBudget() {
    Set<Instrument> others = new HashSet<>();
    for (int strike = 10; strike < 1_500; strike++) {
      others.add(Instrument.of(symbol(FAR, 'C', strike)));
    }
    rig.desk.want(Set.of(FOCUS), others);
    assertThat(rig.desk.live()).hasSize(DeskRig.MOST_LIVE);
    assertThat(rig.desk.live().subList(0, 42)).containsExactlyElementsOf(window(650));
    rig.desk.want(Set.of(), others);
    assertThat(rig.desk.live()).hasSize(DeskRig.MOST_LIVE).doesNotContain(CALL);
  }

  @Test
  void shouldKnowALiveContractWhoseChainIsOpenedLater() {
    rig.desk.want(Set.of(), Set.of(Instrument.of(CALL)));
    assertThat(rig.desk.live()).containsExactly(CALL);
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    rig.quote(CALL, 5, 5.1);
    assertThat(leg(CALL).live()).isTrue();
    assertThat(rig.updates).isEmpty();
  }

  @Test
  void shouldTakeLiveValuesBackWhenAStreamIsInterrupted() {
    rig.look(FOCUS);
    rig.quote(CALL, 5, 5.1);
    rig.quote(symbol(NEAR, 'P', 650), 4, 4.1);
    rig.pass(200);
    assertThat(rig.shownLive).hasSize(2);
    rig.desk.interrupted(Instrument.of(CALL)::equals);
    rig.pass(100);
    assertThat(rig.lastUpdate().removed()).containsExactly(CALL);
    assertThat(rig.lastUpdate().window()).contains(CALL);
    assertThat(rig.lastUpdate().legs().get(0).live()).isFalse();
    rig.desk.interrupted(every -> true);
    rig.pass(100);
    assertThat(rig.shownLive).isEmpty();
    rig.quote(CALL, 5, 5.1);
    rig.pass(100);
    assertThat(rig.shownLive).containsExactly(CALL);
  }

  @Test
  void shouldTellLaterWhatChangedWhileItMayNotSpeak() {
    rig.served = false;
    rig.look(FOCUS);
    rig.quote(CALL, 5, 5.1);
    rig.pass(1_000);
    assertThat(rig.updates).isEmpty();
    rig.served = true;
    rig.pass(100);
    assertThat(rig.updates).hasSize(1);
    assertThat(rig.lastUpdate().legs()).hasSize(CONTRACTS);
    assertThat(rig.shownLive).containsExactly(CALL);
  }

  @Test
  void shouldPauseWhileTheMarketIsClosed() {
    rig.look(FOCUS);
    rig.quote(CALL, 5, 5.1);
    rig.pass(200);
    rig.closed = true;
    rig.desk.watchSessions();
    assertThat(rig.desk.live()).isEmpty();
    rig.pass(200);
    assertThat(rig.lastUpdate().window()).isEmpty();
    assertThat(rig.lastUpdate().removed()).hasSize(42);
    assertThat(rig.shownLive).isEmpty();
    rig.quote(CALL, 6, 6.1);
    assertThat(leg(CALL).live()).isFalse();
    int asked = rig.provider.questions.size();
    rig.pass(Duration.ofMinutes(3));
    assertThat(rig.provider.questions).hasSize(asked + 3);
    rig.pass(6_000);
    assertThat(leg(CALL).quality().stale()).isTrue();
    rig.closed = false;
    rig.desk.watchSessions();
    assertThat(rig.desk.live()).hasSize(42);
    rig.pass(200);
    assertThat(rig.lastUpdate().window()).hasSize(42);
  }

  @Test
  void shouldPauseOnlyTheUnderlyingWhoseOptionsAreNotTraded() {
    rig.look(FOCUS);
    rig.closedUnderlyings.add(Instrument.of("QQQ"));
    rig.desk.watchSessions();
    assertThat(rig.desk.live()).hasSize(42);
    rig.closedUnderlyings.add(SPY);
    rig.desk.watchSessions();
    assertThat(rig.desk.live()).isEmpty();
  }

  @Test
  void shouldSayNothingOfWhatIsGone() {
    rig.look(FOCUS);
    rig.quote(CALL, 5, 5.1);
    rig.desk.drop(SPY::equals);
    rig.updates.clear();
    rig.quote(CALL, 5, 5.2);
    int asked = rig.provider.questions.size();
    rig.pass(Duration.ofSeconds(20));
    assertThat(rig.updates).isEmpty();
    assertThat(rig.provider.questions).hasSize(asked);
  }

  @Test
  void shouldSayNothingOfAnAnswerThatComesTooLate() {
    rig.provider.silence();
    rig.look(FOCUS);
    rig.pass(200);
    rig.updates.clear();
    rig.desk.drop(SPY::equals);
    rig.provider.answer();
    rig.pass(200);
    assertThat(rig.updates).isEmpty();
  }

  /** The spot moves through 20 strikes within a minute. */
  @Test
  void shouldKeepTheWindowAroundAMovingSpot() {
    Instrument selected = Instrument.of(FAR_PUT);
    rig.look(ChainFocus.on(SPY, NEAR, selected), ChainFocus.on(SPY, FAR));
    Set<String> everLive = new HashSet<>();
    for (int step = 0; step <= 600; step++) {
      double spot = 650 + step / 30.0;
      rig.trade(spot);
      List<String> live = rig.desk.live();
      everLive.addAll(live);
      assertThat(live).hasSizeLessThanOrEqualTo(DeskRig.MOST_LIVE).doesNotHaveDuplicates();
      assertThat(live).hasSize(2 * 42 + 1).startsWith(FAR_PUT);
      double bid = 5 + step / 100.0;
      everLive.forEach(symbol -> rig.quote(symbol, bid, bid + 0.1));
      rig.pass(100);
      assertThat(live).containsAll(rig.shownLive);
    }
    rig.pass(200);
    assertThat(everLive).hasSizeGreaterThan(2 * 80);
    Set<String> expected = new HashSet<>(window(670));
    expected.add(FAR_PUT);
    Set<String> ofNear = new HashSet<>(rig.desk.live());
    ofNear.removeIf(symbol -> symbol.contains("260116"));
    assertThat(ofNear).isEqualTo(expected);
    assertThat(rig.shownLive).isEqualTo(Set.copyOf(rig.desk.live()));
    Set<String> gone = new HashSet<>(everLive);
    gone.removeAll(rig.desk.live());
    assertThat(gone).hasSizeGreaterThan(70).noneMatch(symbol -> leg(symbol).live());
  }
}
