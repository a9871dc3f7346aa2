package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.chain.ChainDesk;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.StreamKey;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All series of the hub: opens and parks them as demanded, hands them the feed's events and the clock. Confined to the
 * hub's event loop.
 */
final class Hub {
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
  private static final Duration KEEP_PARKED = Duration.ofMinutes(10);
  private static final long MINUTE = 60_000;
  private static final int SERIES_PER_FLUSH = 4;

  private final SeriesParts parts;
  private final QuoteBoard quotes;
  private final TradeBoard trades;
  private final ChainDesk chains;
  private final FeedAlerts alerts;
  private final HubDemand demand;
  private final Map<Instrument, LiveSeries> all = new HashMap<>();
  private final Map<Instrument, Scheduler.Cancellable> parked = new HashMap<>();
  private Scheduler.Cancellable tick = () -> {};
  private Runnable statusListener = () -> {};

  Hub(
      SeriesParts parts,
      DemandUplink uplink,
      QuoteBoard quotes,
      TradeBoard trades,
      ChainDesk chains) {
    this.parts = parts;
    this.quotes = quotes;
    this.trades = trades;
    this.chains = chains;
    alerts = new FeedAlerts(parts);
    demand = new HubDemand(this, parts, uplink);
    parts.provider().onThrottle(this::throttled);
  }

  /** Begins to follow the clock. */
  void start() {
    demand.start();
    armTick();
  }

  /** Stops following clock and demand. */
  void stop() {
    tick.cancel();
    demand.stop();
    all.values().forEach(LiveSeries::park);
  }

  /** Sets what is called when a connection's state changed. */
  void onStatus(Runnable listener) {
    statusListener = listener;
  }

  HubDemand demand() {
    return demand;
  }

  DemandLedger ledger() {
    return demand.ledger();
  }

  QuoteBoard quotes() {
    return quotes;
  }

  TradeBoard trades() {
    return trades;
  }

  ChainDesk chains() {
    return chains;
  }

  /** Returns the series of an instrument that is or recently was demanded. */
  Optional<LiveSeries> series(Instrument instrument) {
    return Optional.ofNullable(all.get(instrument));
  }

  /**
   * Returns a demanded series, opened now if the demand is older than the shard here.
   *
   * @throws FailureException if the instrument does not exist, or there is nothing of its kind
   */
  LiveSeries demanded(Instrument instrument) {
    if (!all.containsKey(instrument)) {
      demand.apply(Set.of(instrument));
    }
    return series(instrument).orElseThrow(() -> demand.refusal(instrument));
  }

  /** Fails if the provider definitely has no such instrument. */
  Future<Void> exists(Instrument instrument) {
    return parts.reference().check(instrument);
  }

  Collection<LiveSeries> all() {
    return Collections.unmodifiableCollection(all.values());
  }

  /** Tells all streams that the market's phase changed. */
  void phaseChanged() {
    all.values().forEach(LiveSeries::onClock);
  }

  private void throttled() {
    flushAll();
    alerts.throttled();
    long cooldown = parts.provider().cooldownMillis();
    parts.scheduler().after(Duration.ofMillis(cooldown + 1), this::flushAll);
  }

  private void flushAll() {
    alerts.look();
    all.values().forEach(LiveSeries::flush);
  }

  /** Opens streams of an instrument, and closes its others; none if it is known not to exist. */
  void open(Instrument instrument, Set<StreamKey> keys) {
    Scheduler.Cancellable end = parked.remove(instrument);
    if (end != null) {
      end.cancel();
    }
    LiveSeries live = all.computeIfAbsent(instrument, this::create);
    live.activate();
    if (live.isActive()) {
      live.retain(keys);
      keys.forEach(live::open);
    }
  }

  private LiveSeries create(Instrument instrument) {
    LOG.info("series opened [symbol: {}]", instrument);
    return new LiveSeries(instrument, parts, why -> forget(instrument, why));
  }

  /** Closes all streams of an instrument; its candles are kept for a while. */
  void park(Instrument instrument) {
    series(instrument).filter(LiveSeries::isActive).ifPresent(live -> {
      live.park();
      keepParked(instrument);
    });
  }

  private void keepParked(Instrument instrument) {
    parked.put(instrument, parts.scheduler().after(KEEP_PARKED, () -> {
      parked.remove(instrument);
      all.remove(instrument);
      LOG.info("series closed [symbol: {}]", instrument);
    }));
  }

  /** Stops a series whose instrument does not exist, or of whose kind there is nothing. */
  void forget(Instrument instrument, FailureException why) {
    LiveSeries live = all.remove(instrument);
    if (live != null) {
      live.park();
    }
    demand.refuse(instrument, why);
  }

  /**
   * Takes events of the feed in order. What they changed is published a few series at a time, so that a gateway already
   * writes the first ones of many events while the last ones are folded.
   *
   * @param ageMillis how long ago, in market time, they count as received
   * @param underWayMillis how long ago, in wall time, ingest received them
   */
  void take(List<FeedEvent> events, long ageMillis, long underWayMillis) {
    long begun = parts.hops().nanos();
    long publishing = 0;
    Set<LiveSeries> touched = new LinkedHashSet<>();
    for (FeedEvent event : events) {
      if (event instanceof AggregateEvent bar) {
        onBar(bar, ageMillis, touched);
      } else if (event instanceof QuoteEvent quote) {
        data(quote.instrument());
        quotes.onQuote(quote);
        trades.onQuote(quote);
        chains.onQuote(quote);
      } else if (event instanceof TradeEvent trade) {
        onTrade(trade, ageMillis, touched);
      } else if (event instanceof HaltEvent halt) {
        onHalt(halt, ageMillis, touched);
      } else if (event instanceof TopicStatus topic) {
        onTopic(topic, touched);
      } else if (event instanceof FeedStatus status) {
        onFeed(status, touched);
      } else {
        throw new AssertionError(event);
      }
      if (touched.size() >= SERIES_PER_FLUSH) {
        long merged = parts.hops().nanos();
        touched.forEach(LiveSeries::flush);
        touched.clear();
        publishing += parts.hops().nanos() - merged;
      }
    }
    long merged = parts.hops().nanos();
    touched.forEach(LiveSeries::flush);
    quotes.flush();
    trades.flush();
    long done = parts.hops().nanos();
    publishing += done - merged;
    parts.hops().frame(underWayMillis, done - begun - publishing, publishing);
  }

  private void onTrade(TradeEvent trade, long ageMillis, Set<LiveSeries> touched) {
    data(trade.instrument());
    quotes.onTrade(trade);
    trades.onTrade(trade);
    chains.onTrade(trade);
    LiveSeries live = all.get(trade.instrument());
    if (live != null && live.needsTrades()) {
      live.input().onTrade(trade, ageMillis);
      touched.add(live);
    }
  }

  private void onHalt(HaltEvent halt, long ageMillis, Set<LiveSeries> touched) {
    LiveSeries live = all.get(halt.instrument());
    if (live != null) {
      live.input().onHalt(halt, ageMillis);
      touched.add(live);
    }
  }

  private void onTopic(TopicStatus topic, Set<LiveSeries> touched) {
    parts.topics().put(topic);
    Instrument instrument = topic.topic().instrument();
    quotes.onTopic(topic);
    if (topic.topic().channel() == Channel.QUOTES && topic.state() != TopicStatus.State.READY) {
      interrupted(instrument::equals);
    }
    LiveSeries live = all.get(instrument);
    if (live != null) {
      live.evaluateFeed();
      touched.add(live);
    }
    boolean tellsPrices =
        topic.topic().channel() == Channel.SECONDS && instrument.assetClass() != AssetClass.OPTION;
    if (live != null || tellsPrices) {
      demand.topicChanged(instrument);
    }
  }

  private void onBar(AggregateEvent bar, long ageMillis, Set<LiveSeries> touched) {
    data(bar.instrument());
    LiveSeries live = all.get(bar.instrument());
    if (live != null) {
      live.input().onBar(bar, ageMillis);
      touched.add(live);
    }
    parts.data().upsertLiveAggregate(bar);
    quotes.onBar(bar);
  }

  private void data(Instrument instrument) {
    parts
        .feeds()
        .dataAt(FeedBoard.market(instrument.assetClass()), parts.clock().millis());
  }

  private void onFeed(FeedStatus status, Set<LiveSeries> touched) {
    boolean wasMute = parts.feeds().isMute(status.market());
    parts.feeds().put(status);
    if (status.state() == FeedStatus.State.MUTE && !wasMute) {
      alerts.mute(status);
    }
    boolean isDown = parts.feeds().isDown(status.market());
    if (isDown) {
      interrupted(instrument -> FeedBoard.isOf(instrument, status));
    }
    quotes.onFeed(instrument -> FeedBoard.isOf(instrument, status), isDown);
    LOG.info(
        "feed changed [market: {}, state: {}, reason: {}, delayMillis: {}]",
        status.market(),
        status.state(),
        status.reason(),
        status.delayMillis());
    all.values().stream()
        .filter(live -> FeedBoard.isOf(live.instrument(), status))
        .forEach(live -> {
          live.evaluateFeed();
          touched.add(live);
        });
    statusListener.run();
  }

  /** Takes note that quotes of some instruments were missed. */
  void interrupted(Predicate<Instrument> chosen) {
    trades.interrupted(chosen);
    chains.interrupted(chosen);
  }

  /** Arms the timer of the next minute's end plus the confirm delay, in market time less the feeds' delay. */
  private void armTick() {
    long offset = parts.config().confirmDelay().toMillis() + parts.feeds().longestDelayMillis();
    long now = parts.clock().millis();
    long next = Math.floorDiv(now - offset, MINUTE) * MINUTE + MINUTE + offset;
    tick = parts.scheduler().atMarket(parts.clock(), next, () -> {
      all.values().forEach(LiveSeries::onClock);
      armTick();
    });
  }

  /** Takes the complete present status of the feed, or nothing if it is not known for now. */
  void status(List<FeedEvent> events) {
    parts.topics().clear();
    interrupted(instrument -> true);
    quotes.onFeed(instrument -> true, true);
    Set<LiveSeries> touched = new LinkedHashSet<>();
    for (FeedEvent event : events) {
      if (event instanceof TopicStatus topic) {
        parts.topics().put(topic);
      } else if (event instanceof FeedStatus status) {
        onFeed(status, touched);
      }
    }
    all.values().forEach(LiveSeries::evaluateFeed);
    all.values().forEach(LiveSeries::flush);
    demand.topicsChanged();
    if (events.isEmpty()) {
      demand.tellAgain();
    }
  }

  /** Takes the series of a former owner; the caller demands its streams. */
  void put(LiveSeries live) {
    all.put(live.instrument(), live);
    if (!live.isActive()) {
      keepParked(live.instrument());
    }
  }

  /** Stops and forgets a series. */
  void discard(LiveSeries live) {
    all.remove(live.instrument());
    Scheduler.Cancellable end = parked.remove(live.instrument());
    if (end != null) {
      end.cancel();
    }
    live.park();
  }
}
