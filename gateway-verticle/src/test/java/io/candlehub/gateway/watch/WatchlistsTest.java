package io.candlehub.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Failure;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class WatchlistsTest {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument QQQ = Instrument.of("QQQ");
  private static final Instrument DIA = Instrument.of("DIA");

  private final ManualClock clock = new ManualClock(1_000_000);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final List<List<Instrument>> requests = new ArrayList<>();
  private final List<Consumer<WatchReply<Double>>> open = new ArrayList<>();
  private final Map<Instrument, Double> prices = new HashMap<>(Map.of(SPY, 600.0, QQQ, 500.0));
  private final Watchlists<Double, String> lists = new Watchlists<>(
      scheduler,
      clock::millis,
      clock::millis,
      new WatchlistLimits(3, 4, 2, EVERY, Duration.ofSeconds(1)),
      (tickers, reply) -> {
        requests.add(List.copyOf(tickers));
        open.add(reply);
      },
      (instrument, value, readMillis, nowMillis) -> nowMillis > readMillis ? "old" : "good");
  private final List<WatchCard<Double, String>> first = new ArrayList<>();
  private final List<WatchCard<Double, String>> second = new ArrayList<>();

  private static Set<Instrument> of(Instrument... tickers) {
    return new LinkedHashSet<>(List.of(tickers));
  }

  private void answer() {
    List<Consumer<WatchReply<Double>>> now = List.copyOf(open);
    open.clear();
    now.forEach(reply -> reply.accept(new WatchReply<>(prices, Map.of(), 0)));
  }

  private static WatchCard<Double, String> good(Instrument instrument, double value) {
    return new WatchCard.Shown<>(instrument, value, "good");
  }

  @Test
  void shouldAskOnceForTickersOfAllViewers() {
    lists.set("a", of(SPY, QQQ), first::addAll);
    lists.set("b", of(QQQ), second::addAll);
    scheduler.advance(Duration.ZERO);
    assertThat(requests).containsExactly(List.of(SPY, QQQ));
    answer();
    assertThat(first).containsExactly(good(SPY, 600), good(QQQ, 500));
    assertThat(second).containsExactly(good(QQQ, 500));
  }

  @Test
  void shouldAskEveryFiveSecondsWhileSomebodyLooks() {
    lists.set("a", of(SPY), first::addAll);
    for (int i = 0; i < 4; i++) {
      scheduler.advance(Duration.ZERO);
      answer();
      scheduler.advance(EVERY);
    }
    assertThat(requests).hasSize(5);
    answer();
    lists.leave("a");
    scheduler.advance(EVERY.multipliedBy(3));
    assertThat(requests).hasSize(5);
    assertThat(scheduler.pending()).isZero();
    assertThat(lists.size()).isZero();
  }

  @Test
  void shouldTellOnlyWhatChanged() {
    lists.set("a", of(SPY, QQQ), first::addAll);
    scheduler.advance(Duration.ZERO);
    answer();
    first.clear();
    prices.put(QQQ, 501.0);
    scheduler.advance(EVERY);
    answer();
    assertThat(first).containsExactly(good(QQQ, 501));
  }

  @Test
  void shouldShowKnownTickersAtOnceAndReadNewOnesSoon() {
    lists.set("a", of(SPY), first::addAll);
    scheduler.advance(Duration.ZERO);
    answer();
    lists.set("b", of(SPY, QQQ), second::addAll);
    assertThat(second).containsExactly(good(SPY, 600));
    scheduler.advance(Duration.ofMillis(999));
    assertThat(requests).hasSize(1);
    scheduler.advance(Duration.ofMillis(1));
    assertThat(requests.get(1)).containsExactly(SPY, QQQ);
  }

  @Test
  void shouldNotAskAgainBeforeAnswer() {
    lists.set("a", of(SPY), first::addAll);
    scheduler.advance(Duration.ZERO);
    lists.set("b", of(QQQ), second::addAll);
    scheduler.advance(EVERY.multipliedBy(4));
    assertThat(requests).hasSize(1);
    answer();
    scheduler.advance(Duration.ZERO);
    assertThat(requests).hasSize(2);
  }

  @Test
  void shouldSplitRequestsBeyondProvidersLimitAndWaitForAll() {
    lists.set("a", of(SPY, QQQ, DIA), first::addAll);
    scheduler.advance(Duration.ZERO);
    assertThat(requests).containsExactly(List.of(SPY, QQQ), List.of(DIA));
    open.get(1).accept(new WatchReply<>(Map.of(DIA, 400.0), Map.of(), 0));
    assertThat(first).isEmpty();
    open.get(0).accept(new WatchReply<>(prices, Map.of(), 0));
    open.get(0).accept(new WatchReply<>(Map.of(SPY, 1.0), Map.of(), 0));
    assertThat(first).containsExactly(good(SPY, 600), good(QQQ, 500), good(DIA, 400));
  }

  @Test
  void shouldTellFailuresPerTicker() {
    lists.set("a", of(SPY, DIA), first::addAll);
    scheduler.advance(Duration.ZERO);
    open.get(0).accept(new WatchReply<>(Map.of(), Map.of(SPY, Failure.NOT_ENTITLED), 0));
    assertThat(first)
        .containsExactly(
            new WatchCard.Missing<>(SPY, Failure.NOT_ENTITLED),
            new WatchCard.Missing<>(DIA, Failure.NO_DATA));
  }

  @Test
  void shouldKeepValueOfFailedReadingMarkedStale() {
    lists.set("a", of(SPY), first::addAll);
    scheduler.advance(Duration.ZERO);
    answer();
    long readMillis = clock.millis();
    scheduler.advance(EVERY);
    open.get(0).accept(WatchReply.failed(List.of(SPY), Failure.PROVIDER_ERROR, 0));
    assertThat(first.get(1))
        .isEqualTo(new WatchCard.Stale<>(SPY, 600.0, "old", readMillis, Failure.PROVIDER_ERROR));
    open.clear();
    scheduler.advance(EVERY);
    answer();
    assertThat(first.get(2)).isEqualTo(good(SPY, 600));
  }

  @Test
  void shouldWaitAsLongAsProviderAsks() {
    lists.set("a", of(SPY), first::addAll);
    scheduler.advance(Duration.ZERO);
    open.get(0).accept(WatchReply.failed(List.of(SPY), Failure.RATE_LIMITED, 20_000));
    lists.set("b", of(QQQ), second::addAll);
    scheduler.advance(Duration.ofMillis(19_999));
    assertThat(requests).hasSize(1);
    scheduler.advance(Duration.ofMillis(1));
    assertThat(requests).hasSize(2);
  }

  @Test
  void shouldRefuseMoreThanAllowedAndLeaveRestAsItWas() {
    Set<Instrument> many =
        of(Stream.of("A", "B", "C", "D").map(Instrument::of).toArray(Instrument[]::new));
    assertThat(lists.set("a", many, first::addAll)).contains(Failure.LIMIT_EXCEEDED);
    lists.set("a", of(SPY, QQQ, DIA), first::addAll);
    assertThat(lists.set("b", of(Instrument.of("A"), Instrument.of("B")), second::addAll))
        .contains(Failure.LIMIT_EXCEEDED);
    assertThat(lists.size()).isEqualTo(3);
    assertThat(lists.set("b", of(SPY, QQQ), second::addAll)).isEmpty();
  }

  @Test
  void shouldForgetTickerDroppedWhileReadingAndServeTheRest() {
    lists.set("a", of(SPY, QQQ), first::addAll);
    scheduler.advance(Duration.ZERO);
    lists.set("a", of(QQQ), first::addAll);
    answer();
    assertThat(first).containsExactly(good(QQQ, 500));
    lists.leave("a");
    assertThat(lists.size()).isZero();
  }

  @Test
  void shouldReadLimitsFromSettings() {
    WatchlistLimits limits = WatchlistLimits.from(Map.of("watchlist.seconds", "7"));
    assertThat(limits.every()).isEqualTo(Duration.ofSeconds(7));
    assertThat(limits.perRequest()).isEqualTo(250);
    assertThatThrownBy(
            () -> new WatchlistLimits(1, 1, 1, Duration.ofMillis(5), Duration.ofSeconds(1)))
        .hasMessageContaining("every");
  }
}
