package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Change;
import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One demanded instrument: its candles, where its feed and history stand, and its streams. Confined to the hub's event
 * loop.
 *
 * <p>It loads after its topics are subscribed (or two seconds passed), so that nothing falls between the first load
 * and the stream. Without demand it is parked: the stream is dropped, the candles stay, and the return is a hole that
 * is filled like any other, under the same epoch.
 */
final class LiveSeries {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSeries.class);
  private static final Duration TOPIC_GRACE = Duration.ofSeconds(2);
  private static final double CLOCK_TOLERANCE_MILLIS = 100;
  private static final long QUIET_AFTER_MILLIS = 180_000;

  private final Instrument instrument;
  private final SeriesParts parts;
  private final CandleSeries series;
  private final SeriesFill fill;
  private final SettledBars settled;
  private final SeriesFeed feed;
  private final ParityWatch parity;
  private final GapWatch gaps;
  private final SeriesSplits splits;
  private final SecondsFill seconds;
  private final LongHistory longHistory;
  private final Runnable unknown;
  private final Map<StreamKey, ChartStream> streams = new HashMap<>();
  private final Set<StreamKey> answered = new HashSet<>();
  private Promise<Void> loaded = Promise.promise();
  private Scheduler.Cancellable grace = () -> {};
  private boolean active;
  private boolean loading;
  private boolean everLoaded;
  private boolean historyAnswered;
  private boolean polledOk;
  private long lastInputMillis = -1;

  /** Creates a series; {@code unknown} is called if the provider has no such instrument. */
  LiveSeries(Instrument instrument, SeriesParts parts, Runnable unknown) {
    this.instrument = instrument;
    this.parts = parts;
    this.unknown = unknown;
    series = new CandleSeries(
        TradingCalendar.of(instrument),
        parts.config().confirmDelay().toMillis(),
        parts.newEpoch(),
        parts.now(instrument.assetClass()));
    settled = new SettledBars(instrument, parts);
    feed = new SeriesFeed(instrument, series, parts, settled);
    parity = new ParityWatch(instrument, series, parts, feed, settled);
    gaps = new GapWatch(instrument, series, parts);
    seconds = new SecondsFill(instrument, series, parts, this::flush);
    splits = new SeriesSplits(instrument, series, parts, this::flush);
    fill = new SeriesFill(instrument, series, parts, settled, this::fillAnswered);
    longHistory = new LongHistory(instrument, series, parts, this::flush);
  }

  Instrument instrument() {
    return instrument;
  }

  CandleSeries series() {
    return series;
  }

  boolean isActive() {
    return active;
  }

  /** Returns true if the history fails though something is missing. */
  boolean isStarved() {
    return fill.problem().isPresent();
  }

  /** Returns true if the bars of a timeframe are there as far back as its charts reach. */
  boolean holds(Timeframe timeframe) {
    return everLoaded && longHistory.isLoaded(timeframe);
  }

  /** Returns true if neither history nor stream of the instrument is in the provider's plan. */
  boolean isNotEntitled() {
    return isDefinite()
        && parts.topics().isRefused(instrument)
        && series.newest().isEmpty();
  }

  private long now() {
    return parts.now(instrument.assetClass());
  }

  private String market() {
    return FeedBoard.market(instrument.assetClass());
  }

  /** Begins to follow the stream; the caller has demanded the topics or does so in the same turn. */
  void activate() {
    if (active) {
      return;
    }
    active = true;
    loaded = Promise.promise();
    series.onClock(now());
    feed.begin();
    parts.reference().check(instrument).onFailure(failure -> {
      loaded.tryFail(failure);
      unknown.run();
    });
    grace = parts.scheduler().after(TOPIC_GRACE, this::load);
    evaluateFeed();
  }

  /** Stops to follow the stream; candles and position stay. */
  void park() {
    active = false;
    loading = false;
    grace.cancel();
    fill.stop();
    parts.provider().abandon(instrument);
    streams.clear();
    answered.clear();
    seconds.drop();
    feed.begin();
    loaded.tryFail(Failure.UNAVAILABLE.because("the chart is not wanted any more"));
  }

  private void load() {
    if (!active || loading) {
      return;
    }
    loading = true;
    grace.cancel();
    splits.refresh().onComplete(done -> {
      if (active) {
        fill.want(everLoaded ? SeriesFill.Kind.FILL : SeriesFill.Kind.LOAD);
      }
    });
  }

  /** Opens a stream if it is not open. */
  ChartStream open(StreamKey key) {
    ChartStream known = streams.get(key);
    if (known != null) {
      return known;
    }
    ChartStream opened = new ChartStream(key, series);
    streams.put(key, opened);
    extra(key.timeframe());
    return opened;
  }

  /** Loads what a timeframe needs beyond the minutes; succeeds also if that fails, which is tried again. */
  private Future<Void> extra(Timeframe timeframe) {
    return timeframe.isSeconds()
        ? seconds.keep()
        : longHistory.ensure(timeframe).recover(failure -> Future.succeededFuture());
  }

  /** Closes all streams but the wanted ones. */
  void retain(Set<StreamKey> wanted) {
    streams.keySet().retainAll(wanted);
    answered.retainAll(wanted);
    if (wanted.stream().noneMatch(key -> key.timeframe().isSeconds())) {
      seconds.drop();
    }
  }

  /** Returns when a stream can be answered with all there is; fails if the instrument does not exist. */
  Future<Void> loaded(StreamKey key) {
    return loaded.future().compose(done -> extra(key.timeframe()));
  }

  void onBar(AggregateEvent event) {
    if (!active) {
      return;
    }
    long now = now();
    lastInputMillis = parts.clock().millis();
    long tolerance = Math.round(CLOCK_TOLERANCE_MILLIS * parts.clock().speed());
    Change change = series.onBar(event, now, tolerance);
    parts.meters().event(change.outcome());
    settled.accept(change);
  }

  void onTrade(TradeEvent trade) {
    if (active) {
      lastInputMillis = parts.clock().millis();
      SaleConditions conditions = parts.conditions().apply(instrument.assetClass());
      settled.accept(series.onTrade(trade, conditions, now()));
    }
  }

  void onHalt(HaltEvent event) {
    if (active) {
      LOG.info(
          "trading {} [symbol: {}, at: {}]",
          event.halted() ? "paused" : "resumed",
          instrument,
          event.atMillis());
      settled.accept(series.onHalt(event, now()));
    }
  }

  /** Returns true if the chart has to be built from trades. */
  boolean needsTrades() {
    return active && parts.topics().needsTrades(instrument);
  }

  /** Looks at the connection and the topics again after one of them changed. */
  void evaluateFeed() {
    if (!active) {
      return;
    }
    if (feed.evaluate()) {
      polledOk = false;
      if (loading) {
        fill.want(SeriesFill.Kind.FILL);
      }
      load();
    } else if (parts.topics().isRefused(instrument)) {
      load();
    }
    fill.polled(!feed.isUp());
  }

  /** Lets a minute end be noticed and asks for what the stream did not confirm. */
  void onClock() {
    if (!active) {
      return;
    }
    settled.accept(series.onClock(now()));
    if (loading) {
      if (everLoaded) {
        fill.want(SeriesFill.Kind.CONFIRM);
        parity.onClock();
        gaps.onClock();
        seconds.pump();
      }
      longHistory.tick();
      splits.onClock();
    }
    flush();
  }

  private void fillAnswered(boolean ok) {
    polledOk = ok && !feed.isUp();
    historyAnswered |= ok;
    lastInputMillis = ok ? parts.clock().millis() : lastInputMillis;
    boolean something = series.newest().isPresent();
    if (ok && !fill.isFilling() && !everLoaded) {
      everLoaded = true;
      parity.loaded();
    }
    if (everLoaded || something || isDefinite()) {
      if (loaded.tryComplete()) {
        streams.values().stream()
            .filter(stream -> !answered.contains(stream.key()))
            .forEach(ChartStream::skip);
      }
    }
    flush();
  }

  private boolean isDefinite() {
    return fill.problem().map(failure -> failure.code() == Failure.NOT_ENTITLED).orElse(false);
  }

  /** Publishes what changed in each stream. */
  void flush() {
    if (!active) {
      return;
    }
    for (ChartStream stream : streams.values()) {
      if (loaded.future().isComplete() || answered.contains(stream.key())) {
        stream.next(health(stream.key()), session(stream.key())).ifPresent(update -> {
          parts.meters().update();
          parts.publisher().accept(update);
        });
      }
    }
  }

  Health health(StreamKey key) {
    String problem = fill.problem().map(LiveSeries::words).orElse("");
    if (problem.isEmpty() && longHistory.isFailing(key.timeframe())) {
      problem = "older bars are not available";
    }
    if (problem.isEmpty() && !historyAnswered && !answered.isEmpty()) {
      problem = "history has not answered yet";
    }
    return new SeriesHealth(
            parts.providerId(),
            parts.feeds().status(market()),
            feed.isUp(),
            parts.topics().refused(instrument),
            fill.isFilling() && active,
            polledOk,
            problem,
            parts.provider().cooldownMillis(),
            series.gaps(),
            lastInputMillis < 0 ? -1 : Math.max(0, parts.clock().millis() - lastInputMillis),
            parts.market().phase(instrument),
            series.isHalted())
        .verdict();
  }

  private static String words(FailureException failure) {
    return "history is not available: " + failure.getMessage();
  }

  /** Returns what a client gets that asks for a stream now. */
  ChartMessage answer(StreamKey key, Optional<Position> since, boolean changeSeqs) {
    ChartStream stream = open(key);
    answered.add(key);
    Health health = health(key);
    SessionInfo session = session(key);
    Optional<ChartMessage> resumed = since.flatMap(position -> stream
        .resume(position.epoch(), position.seq(), health, session)
        .map(ChartMessage.class::cast));
    return resumed.orElseGet(
        () -> stream.snapshot(health, session, Math.max(0, lastInputMillis), changeSeqs));
  }

  /** A client's place in a stream. */
  record Position(String epoch, long seq) {}

  SessionInfo session(StreamKey key) {
    OptionalLong newest =
        series.newest().map(bar -> OptionalLong.of(bar.startMillis())).orElse(OptionalLong.empty());
    return parts.market().session(key, newest, note(key));
  }

  private String note(StreamKey key) {
    Health health = health(key);
    return health.mode() == HealthMode.DEGRADED
        ? "The last known bars are shown: " + health.reason() + "."
        : "";
  }

  /** Returns where demand has led, in the words of contract §4's acknowledgement. */
  String demandState() {
    if (parts.market().phase(instrument) == SessionPhase.CLOSED) {
      return "closed";
    }
    if (!feed.isUp()) {
      return everLoaded ? "polling" : "pending";
    }
    boolean quiet = series
        .newest()
        .map(bar -> bar.startMillis() < now() - QUIET_AFTER_MILLIS)
        .orElse(true);
    return quiet ? "quiet" : "live";
  }
}
