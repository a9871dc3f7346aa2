package io.candlehub.hub.history;

import io.candlehub.hub.store.CandleStore;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.hub.store.StoredBar;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link DataStore} over a database, whichever it is. */
public final class WriteBehindStore implements DataStore {
  private static final Logger LOG = LoggerFactory.getLogger(WriteBehindStore.class);
  private static final int MAX_LIVE = 20_000;

  private final CandleStore database;
  private final MarketClock clock;
  private final BarWriter bars;
  private final QuoteWriter quotes;
  private final StorePruning pruning;
  private final Map<Instrument, AggregateEvent> live = new LinkedHashMap<>(256, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Instrument, AggregateEvent> eldest) {
      return size() > MAX_LIVE;
    }
  };
  private MarketPhase market = new MarketPhase(SessionPhase.CLOSED, Long.MIN_VALUE);
  private boolean unreadable;

  /**
   * Creates a store.
   *
   * @param retentionDays for how many days before market now minutes and quotes are kept
   */
  public WriteBehindStore(
      CandleStore database,
      int retentionDays,
      MarketClock clock,
      Scheduler scheduler,
      RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    bars = new BarWriter(database, scheduler, new Backoff(random));
    quotes = new QuoteWriter(database.quotes(), scheduler, new Backoff(random));
    pruning = new StorePruning(database, retentionDays, clock, TradingCalendar.nyse(), scheduler);
  }

  @Override
  public Future<KeptBars> getBars(
      Instrument instrument, StoreUnit unit, long fromMillis, long toMillis) {
    TradingCalendar calendar = TradingCalendar.of(instrument);
    LocalDate first = calendar.dateOf(fromMillis);
    LocalDate last = calendar.dateOf(toMillis);
    return watchReading(database
            .completeDays(instrument, unit, first, last)
            .compose(days -> database
                .read(instrument, unit, fromMillis, toMillis)
                .map(block -> new KeptBars(block, days))))
        .otherwise(new KeptBars(BarBlock.empty(), Set.of()))
        .map(kept -> unit == StoreUnit.MINUTE
            ? new KeptBars(
                merged(kept.bars(), bars.waiting(instrument, fromMillis, toMillis)),
                kept.completeDays())
            : kept);
  }

  private <T> Future<T> watchReading(Future<T> answer) {
    return answer.onComplete(done -> unreadable = false, failure -> unreadable = true);
  }

  private static BarBlock merged(BarBlock written, NavigableMap<Long, StoredBar> waiting) {
    if (waiting.isEmpty()) {
      return written;
    }
    TreeMap<Long, StoredBar> newer = new TreeMap<>(waiting);
    BarBlock.Builder all = new BarBlock.Builder(written.size() + newer.size());
    for (int i = 0; i < written.size(); i++) {
      addAll(newer.headMap(written.startMillis(i), true), all);
      if (all.lastStartMillis() < written.startMillis(i)) {
        all.add(written, i);
      }
    }
    addAll(newer, all);
    return all.build();
  }

  private static void addAll(NavigableMap<Long, StoredBar> from, BarBlock.Builder to) {
    for (StoredBar bar : from.values()) {
      to.add(
          bar.startMillis(),
          bar.open(),
          bar.high(),
          bar.low(),
          bar.close(),
          bar.volume(),
          bar.vwap(),
          bar.trades());
    }
    from.clear();
  }

  @Override
  public void upsertLiveAggregate(AggregateEvent bar) {
    AggregateEvent newest = live.get(bar.instrument());
    if (newest == null || bar.endMillis() >= newest.endMillis()) {
      live.put(bar.instrument(), bar);
    }
  }

  @Override
  public void finalizeCandle(Instrument instrument, List<Bar> settled) {
    bars.write(instrument, settled);
  }

  @Override
  public Future<Void> keepHistory(
      Instrument instrument, StoreUnit unit, List<StoredBar> given, Set<LocalDate> wholeDays) {
    Future<Void> written =
        given.isEmpty() ? Future.succeededFuture() : database.write(instrument, unit, given);
    return written
        .compose(done -> database.markComplete(instrument, unit, wholeDays))
        .onFailure(failure -> LOG.warn(
            "history is not kept [symbol: {}, days: {}, reason: {}]",
            instrument,
            wholeDays,
            failure.getMessage()))
        .otherwiseEmpty();
  }

  @Override
  public Future<List<Quote>> getChainSnapshot(Instrument underlying) {
    return watchReading(database.quotes().readChain(underlying)).map(written -> {
      Map<String, Quote> chain = new TreeMap<>();
      written.forEach(quote -> chain.put(quote.instrument().symbol(), quote));
      quotes
          .waitingOfChain(underlying)
          .forEach(quote -> chain.put(quote.instrument().symbol(), quote));
      return List.copyOf(chain.values());
    });
  }

  @Override
  public void updateLiveQuote(Quote quote) {
    quotes.write(quote);
  }

  @Override
  public Future<Optional<Quote>> getLastQuote(Instrument instrument) {
    Optional<Quote> waiting = quotes.waiting(instrument);
    Future<Optional<Quote>> kept = waiting.isPresent()
        ? Future.succeededFuture(waiting)
        : watchReading(database.quotes().read(instrument));
    AggregateEvent newest = live.get(instrument);
    return newest == null
        ? kept
        : kept.otherwise(Optional.empty()).map(quote -> Optional.of(newer(quote, newest)));
  }

  /** Puts the last price and the day's volume of a streamed bar into a quote that is older. */
  private static Quote newer(Optional<Quote> kept, AggregateEvent bar) {
    double nan = Double.NaN;
    Quote quote = kept.orElse(new Quote(
        bar.instrument(), nan, nan, nan, nan, nan, nan, nan, nan, Long.MIN_VALUE, Origin.UNKNOWN));
    return quote.atMillis() > bar.endMillis()
        ? quote
        : new Quote(
            quote.instrument(),
            quote.bid(),
            quote.ask(),
            quote.bidSize(),
            quote.askSize(),
            bar.close(),
            Double.isNaN(bar.dayVolume()) ? quote.volume() : bar.dayVolume(),
            quote.openInterest(),
            quote.previousClose(),
            bar.endMillis(),
            quote.sidesAtMillis(),
            bar.endMillis(),
            quote.origin(),
            Map.of());
  }

  @Override
  public void updateMarketState(SessionPhase phase) {
    if (phase != market.phase() || market.sinceMillis() == Long.MIN_VALUE) {
      market = new MarketPhase(phase, clock.millis());
    }
  }

  @Override
  public MarketPhase getMarketState() {
    return market;
  }

  @Override
  public StoreHealth getHealth() {
    return new StoreHealth(
        database.kind(),
        bars.isFailing() || quotes.isFailing() || unreadable,
        bars.pending() + quotes.waiting().size(),
        bars.lost());
  }

  @Override
  public void startPruning() {
    pruning.start();
  }

  @Override
  public Future<Void> close() {
    pruning.stop();
    return bars.flush().compose(done -> quotes.flush()).eventually(database::close);
  }
}
