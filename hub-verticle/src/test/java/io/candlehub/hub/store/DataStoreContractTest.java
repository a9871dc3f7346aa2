package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;
import static io.candlehub.hub.store.Bars.millis;
import static io.candlehub.hub.store.StoreUnit.MINUTE;
import static io.candlehub.hub.store.StoreUnit.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.DataStore;
import io.candlehub.hub.history.DataStore.KeptBars;
import io.candlehub.hub.history.DataStore.MarketPhase;
import io.candlehub.hub.history.WriteBehindStore;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link DataStore} must do, over every kind of database. */
@Timeout(60)
abstract class DataStoreContractTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final long NOW = millis("2025-11-03T10:00:30-05:00");
  private static final long T = millis("2025-11-03T10:00:00-05:00");
  private static final long MINUTE_MILLIS = 60_000;
  private static final LocalDate FRIDAY = LocalDate.of(2025, 10, 31);
  private static final int RETENTION_DAYS = 30;
  private static final Duration BEHIND = Duration.ofSeconds(6);
  private static final double NONE = Double.NaN;

  final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final ManualClock clock = new ManualClock(NOW);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private CandleStore database;
  private DataStore store;

  /** Opens the database, with what an earlier run left in it. */
  abstract CandleStore database() throws Exception;

  /** Makes every call to an open database fail. */
  abstract void breakDatabase(CandleStore open) throws Exception;

  /** Lets the database work again. */
  abstract void mendDatabase() throws Exception;

  /** Ends what the database needs. */
  void stopDatabase() throws Exception {}

  @BeforeEach
  void openStore() throws Exception {
    database = database();
    store = new WriteBehindStore(database, RETENTION_DAYS, clock, scheduler, new Random(1));
  }

  @AfterEach
  void closeAll() throws Exception {
    ask(() -> store.close());
    stopDatabase();
    await(vertx.close());
  }

  private <T> T ask(Supplier<Future<T>> question) throws Exception {
    Promise<T> answer = Promise.promise();
    context.runOnContext(entered -> question.get().onComplete(answer));
    return await(answer.future());
  }

  private void run(Runnable work) throws Exception {
    ask(() -> {
      work.run();
      return Future.succeededFuture();
    });
  }

  private void reopen() throws Exception {
    ask(() -> store.close());
    openStore();
  }

  private KeptBars minutes(long from, long to) throws Exception {
    return ask(() -> store.getBars(SPY, MINUTE, from, to));
  }

  private Optional<Quote> lastQuote(Instrument instrument) throws Exception {
    return ask(() -> store.getLastQuote(instrument));
  }

  /** Lets what waits be written, and waits until the database has answered. */
  private void letBeWritten() throws Exception {
    while (store.getHealth().pendingWrites() > 0) {
      run(() -> scheduler.advance(BEHIND));
      ask(() -> database.completeDays(SPY, MINUTE, FRIDAY, FRIDAY).otherwise(Set.of()));
    }
  }

  private static Bar settled(long startMillis, double close, int revision) {
    return new Bar(
        startMillis,
        close - 1,
        close + 1,
        close - 2,
        close,
        1_000,
        close - 0.1,
        17,
        revision > 0 ? BarState.REVISED : BarState.FINAL,
        revision,
        BarSource.LIVE,
        NONE);
  }

  private static AggregateEvent streamed(long endMillis, double close, double dayVolume) {
    return new AggregateEvent(
        AggregateEvent.Span.SECOND,
        SPY,
        endMillis - 1_000,
        endMillis,
        close,
        close,
        close,
        close,
        10,
        close,
        dayVolume);
  }

  private static Quote quote(String symbol, double bid, long at) {
    Instrument instrument = Instrument.of(symbol);
    return new Quote(
        instrument,
        bid,
        bid + 0.02,
        3,
        5,
        bid + 0.01,
        12_345,
        NONE,
        NONE,
        at,
        at,
        at - 7_000,
        Origin.UNKNOWN,
        Map.of());
  }

  @Test
  void shouldGiveSettledBarsAtOnceAndAfterAReopen() throws Exception {
    run(() ->
        store.finalizeCandle(SPY, List.of(settled(T, 450, 0), settled(T + MINUTE_MILLIS, 451, 0))));
    KeptBars waiting = minutes(T, T + MINUTE_MILLIS);
    assertThat(Bars.starts(waiting.bars())).containsExactly(T, T + MINUTE_MILLIS);
    assertThat(waiting.bars().close(1)).isEqualTo(451);
    assertThat(waiting.completeDays()).isEmpty();
    assertThat(store.getHealth().pendingWrites()).isEqualTo(2);
    letBeWritten();
    assertThat(store.getHealth().pendingWrites()).isZero();
    assertThat(Bars.starts(minutes(T, T).bars())).containsExactly(T);
    run(() -> store.finalizeCandle(SPY, List.of(settled(T + 2 * MINUTE_MILLIS, 452, 0))));
    reopen();
    assertThat(Bars.starts(minutes(0, T + 2 * MINUTE_MILLIS).bars()))
        .containsExactly(T, T + MINUTE_MILLIS, T + 2 * MINUTE_MILLIS);
  }

  @Test
  void shouldPutWaitingBarsBetweenAndOverWrittenOnes() throws Exception {
    run(() -> store.finalizeCandle(
        SPY, List.of(settled(T, 450, 0), settled(T + 2 * MINUTE_MILLIS, 452, 0))));
    letBeWritten();
    run(() -> store.finalizeCandle(
        SPY, List.of(settled(T + MINUTE_MILLIS, 451, 0), settled(T + 2 * MINUTE_MILLIS, 453, 1))));
    KeptBars kept = minutes(T, T + 5 * MINUTE_MILLIS);
    assertThat(Bars.starts(kept.bars()))
        .containsExactly(T, T + MINUTE_MILLIS, T + 2 * MINUTE_MILLIS);
    assertThat(kept.bars().close(2)).isEqualTo(453);
  }

  @Test
  void shouldKeepHistoryWithItsWholeDays() throws Exception {
    long friday = TradingCalendar.nyse().startOf(FRIDAY);
    List<StoredBar> bars = List.of(Bars.bar(friday + 600 * MINUTE_MILLIS));
    ask(() -> store.keepHistory(SPY, MINUTE, bars, Set.of(FRIDAY)));
    ask(() -> store.keepHistory(SPY, SECOND, List.of(), Set.of(FRIDAY)));
    long to = friday + 24 * 60 * MINUTE_MILLIS - 1;
    KeptBars kept = minutes(friday, to);
    assertThat(kept.bars().size()).isEqualTo(1);
    assertThat(kept.completeDays()).containsExactly(FRIDAY);
    KeptBars seconds = ask(() -> store.getBars(SPY, SECOND, friday, to));
    assertThat(seconds.bars().size()).isZero();
    assertThat(seconds.completeDays()).containsExactly(FRIDAY);
  }

  @Test
  void shouldTakeTheLastPriceFromTheNewestStreamedBar() throws Exception {
    assertThat(lastQuote(SPY)).isEmpty();
    run(() -> {
      store.upsertLiveAggregate(streamed(NOW, 450.25, 1_000));
      store.upsertLiveAggregate(streamed(NOW - 5_000, 449, 900));
    });
    Quote bare = lastQuote(SPY).orElseThrow();
    assertThat(bare.last()).isEqualTo(450.25);
    assertThat(bare.volume()).isEqualTo(1_000);
    assertThat(bare.bid()).isNaN();
    run(() -> store.updateLiveQuote(quote("SPY", 450.10, NOW - 1)));
    run(() -> store.upsertLiveAggregate(streamed(NOW + 1_000, 450.5, NONE)));
    Quote both = lastQuote(SPY).orElseThrow();
    assertThat(both.bid()).isEqualTo(450.10);
    assertThat(both.last()).isEqualTo(450.5);
    assertThat(both.volume()).isEqualTo(12_345);
    assertThat(both.atMillis()).isEqualTo(NOW + 1_000);
    run(() -> store.updateLiveQuote(quote("SPY", 450.60, NOW + 2_000)));
    assertThat(lastQuote(SPY).orElseThrow().last()).isEqualTo(450.61);
  }

  @Test
  void shouldKeepLastQuotesOverAReopen() throws Exception {
    run(() -> {
      store.updateLiveQuote(quote("SPY", 450.10, NOW));
      store.updateLiveQuote(quote("SPY", 450.20, NOW + 1));
      store.updateLiveQuote(quote("BRK.B", 480, NOW));
    });
    assertThat(lastQuote(SPY)).contains(quote("SPY", 450.20, NOW + 1));
    letBeWritten();
    run(() -> store.updateLiveQuote(quote("I:SPX", 6_800, NOW)));
    reopen();
    assertThat(lastQuote(SPY)).contains(quote("SPY", 450.20, NOW + 1));
    assertThat(lastQuote(Instrument.of("BRK.B"))).contains(quote("BRK.B", 480, NOW));
    assertThat(lastQuote(Instrument.of("I:SPX"))).contains(quote("I:SPX", 6_800, NOW));
    assertThat(lastQuote(Instrument.of("MSFT"))).isEmpty();
  }

  @Test
  void shouldGiveTheQuotesOfAChain() throws Exception {
    run(() -> {
      store.updateLiveQuote(quote("O:SPY251219P00450000", 4.1, NOW));
      store.updateLiveQuote(quote("O:SPYX251219C00450000", 1.1, NOW));
      store.updateLiveQuote(quote("O:SPY251219C00450000", 5.1, NOW));
      store.updateLiveQuote(quote("SPY", 450, NOW));
      store.updateLiveQuote(quote("O:SP251219C00450000", 9.1, NOW));
    });
    letBeWritten();
    run(() -> store.updateLiveQuote(quote("O:SPY251219C00450000", 5.2, NOW + 1)));
    run(() -> store.updateLiveQuote(quote("O:SPY251121C00450000", 2.2, NOW + 1)));
    assertThat(ask(() -> store.getChainSnapshot(SPY)))
        .containsExactly(
            quote("O:SPY251121C00450000", 2.2, NOW + 1),
            quote("O:SPY251219C00450000", 5.2, NOW + 1),
            quote("O:SPY251219P00450000", 4.1, NOW));
    assertThat(ask(() -> store.getChainSnapshot(Instrument.of("QQQ")))).isEmpty();
  }

  @Test
  void shouldKnowSinceWhenAPhaseLasts() throws Exception {
    assertThat(store.getMarketState())
        .isEqualTo(new MarketPhase(SessionPhase.CLOSED, Long.MIN_VALUE));
    store.updateMarketState(SessionPhase.OPEN);
    clock.advance(5_000);
    store.updateMarketState(SessionPhase.OPEN);
    assertThat(store.getMarketState()).isEqualTo(new MarketPhase(SessionPhase.OPEN, NOW));
    store.updateMarketState(SessionPhase.POST);
    assertThat(store.getMarketState()).isEqualTo(new MarketPhase(SessionPhase.POST, NOW + 5_000));
  }

  @Test
  void shouldServeFromMemoryWhileTheDatabaseIsDownAndWriteLater() throws Exception {
    assertThat(store.getHealth().failing()).isFalse();
    breakDatabase(database);
    run(() -> {
      store.finalizeCandle(SPY, List.of(settled(T, 450, 0), settled(T + MINUTE_MILLIS, 451, 0)));
      store.updateLiveQuote(quote("SPY", 450.10, NOW));
    });
    ask(() -> database.write(SPY, MINUTE, List.of(Bars.bar(T))).otherwiseEmpty());
    run(() -> scheduler.advance(BEHIND));
    KeptBars kept = minutes(T, T + MINUTE_MILLIS);
    assertThat(Bars.starts(kept.bars())).containsExactly(T, T + MINUTE_MILLIS);
    assertThat(kept.completeDays()).isEmpty();
    assertThat(lastQuote(SPY)).contains(quote("SPY", 450.10, NOW));
    assertThatThrownBy(() -> lastQuote(Instrument.of("MSFT"))).isInstanceOf(FailureException.class);
    assertThat(store.getHealth().failing()).isTrue();
    assertThat(store.getHealth().pendingWrites()).isEqualTo(3);
    mendDatabase();
    letBeWritten();
    minutes(T, T);
    assertThat(store.getHealth())
        .isEqualTo(new DataStore.StoreHealth(database.kind(), false, 0, 0));
    reopen();
    assertThat(Bars.starts(minutes(T, T + MINUTE_MILLIS).bars()))
        .containsExactly(T, T + MINUTE_MILLIS);
    assertThat(lastQuote(SPY)).contains(quote("SPY", 450.10, NOW));
  }

  @Test
  void shouldDropWhatIsOlderThanTheRetention() throws Exception {
    long day = Duration.ofDays(1).toMillis();
    for (int ago : new int[] {1, 6, 10, 29, 40}) {
      List<StoredBar> bars = List.of(Bars.bar(T - ago * day));
      ask(() -> store.keepHistory(SPY, MINUTE, bars, Set.of()));
      ask(() -> store.keepHistory(SPY, SECOND, bars, Set.of()));
    }
    run(() -> {
      store.updateLiveQuote(quote("OLD", 1, T - 40 * day));
      store.updateLiveQuote(quote("NEW", 1, T - 20 * day));
    });
    letBeWritten();
    run(store::startPruning);
    Awaitility.await().untilAsserted(() -> {
      assertThat(Bars.starts(minutes(0, NOW).bars()))
          .containsExactly(T - 29 * day, T - 10 * day, T - 6 * day, T - day);
      KeptBars seconds = ask(() -> store.getBars(SPY, SECOND, 0, NOW));
      assertThat(Bars.starts(seconds.bars())).containsExactly(T - 6 * day, T - day);
      assertThat(lastQuote(Instrument.of("OLD"))).isEmpty();
    });
    assertThat(lastQuote(Instrument.of("NEW"))).isPresent();
  }
}
