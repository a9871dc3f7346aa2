package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.Health;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One demanded instrument: its candles, where its feed and history stand, and its streams. Confined to the hub's event
 * loop.
 *
 * <p>It loads after its topics are subscribed (or two seconds passed), so that nothing falls between the first load
 * and the stream. Without demand it is parked: the stream is dropped, the candles stay, and the return is a hole that
 * is filled like any other, under the same epoch.
 */
final class LiveSeries {
  private static final Duration TOPIC_GRACE = Duration.ofSeconds(2);

  private final Instrument instrument;
  private final SeriesParts parts;
  private final CandleSeries series;
  private final SeriesFill fill;
  private final SettledBars settled;
  private final SeriesInput input;
  private final SeriesFeed feed;
  private final ParityWatch parity;
  private final GapWatch gaps;
  private final SeriesSplits splits;
  private final SecondsFill seconds;
  private final LongHistory longHistory;
  private final SeriesReport report;
  private final SeriesStanding standing = new SeriesStanding();
  private final Consumer<FailureException> refused;
  private final int shard;
  private final Map<StreamKey, ChartStream> streams = new HashMap<>();
  private final Set<StreamKey> answered = new HashSet<>();
  private Promise<Void> loaded = Promise.promise();
  private Scheduler.Cancellable grace = () -> {};

  /** Creates a series; {@code refused} is told if there is no such instrument, or nothing of its kind. */
  LiveSeries(Instrument instrument, SeriesParts parts, Consumer<FailureException> refused) {
    this(
        instrument,
        parts,
        refused,
        new CandleSeries(
            TradingCalendar.of(instrument),
            parts.config().confirmDelay().toMillis(),
            parts.newEpoch(),
            parts.now(instrument.assetClass())));
  }

  /** Creates the series of candles that were kept elsewhere. */
  LiveSeries(
      Instrument instrument,
      SeriesParts parts,
      Consumer<FailureException> refused,
      CandleSeries candles) {
    this.instrument = instrument;
    this.parts = parts;
    this.refused = refused;
    shard = parts.shards().of(instrument);
    series = candles;
    settled = new SettledBars(instrument, parts);
    input = new SeriesInput(instrument, series, parts, standing, settled);
    feed = new SeriesFeed(instrument, series, parts, settled);
    parity = new ParityWatch(instrument, series, parts, feed, settled);
    gaps = new GapWatch(instrument, series, parts);
    seconds = new SecondsFill(instrument, series, parts, this::flush);
    splits = new SeriesSplits(instrument, series, parts, this::flush);
    fill = new SeriesFill(instrument, series, parts, settled, this::fillAnswered);
    longHistory = new LongHistory(instrument, series, parts, this::flush);
    report = new SeriesReport(instrument, series, parts, standing, feed, fill, longHistory);
  }

  Instrument instrument() {
    return instrument;
  }

  CandleSeries series() {
    return series;
  }

  boolean isActive() {
    return standing.active;
  }

  /** Returns true if the history fails though something is missing. */
  boolean isStarved() {
    return fill.problem().isPresent();
  }

  /** Returns the stretches that are suspected or could not be seen; what nobody can tell is no gap. */
  int gaps() {
    return report.gaps();
  }

  /** Returns true if the bars of a timeframe are there as far back as its charts reach. */
  boolean holds(Timeframe timeframe) {
    return standing.everLoaded && longHistory.isLoaded(timeframe);
  }

  /** Returns true if neither history nor stream of the chart's bars is in the provider's plan. */
  boolean isNotEntitled(Timeframe timeframe) {
    return (isDefinite() || report.lacksHistory(timeframe))
        && parts.topics().isRefused(instrument)
        && series.newest().isEmpty();
  }

  private long now() {
    return parts.now(instrument.assetClass());
  }

  /** Begins to follow the stream; the caller has demanded the topics or does so in the same turn. */
  void activate() {
    if (standing.active) {
      return;
    }
    standing.active = true;
    loaded = Promise.promise();
    series.onClock(now());
    feed.begin();
    parts.reference().check(instrument).onFailure(failure -> {
      loaded.tryFail(failure);
      refused.accept(FailureException.of(failure));
    });
    grace = parts.scheduler().after(TOPIC_GRACE, this::load);
    evaluateFeed();
  }

  /** A series whose minutes nobody has is as loaded as it will ever be, if there is such an instrument. */
  private void lookAtOffer() {
    Promise<Void> waiting = loaded;
    if (waiting.future().isComplete()) {
      return;
    }
    fill.isNothingToLoad().onSuccess(isNothing -> {
      if (isNothing && standing.active && waiting == loaded) {
        ready();
      }
    });
  }

  private void ready() {
    if (loaded.tryComplete()) {
      streams.values().stream()
          .filter(stream -> !answered.contains(stream.key()))
          .forEach(ChartStream::skip);
    }
  }

  /** Stops to follow the stream; candles and position stay. */
  void park() {
    standing.active = false;
    standing.loading = false;
    grace.cancel();
    fill.stop();
    parts.provider().abandon(instrument);
    streams.clear();
    answered.clear();
    seconds.drop();
    longHistory.stop();
    feed.begin();
    loaded.tryFail(Failure.UNAVAILABLE.because("the chart is not wanted any more"));
  }

  private void load() {
    if (!standing.active || standing.loading) {
      return;
    }
    standing.loading = true;
    grace.cancel();
    lookAtOffer();
    splits.refresh().onComplete(done -> {
      if (standing.active) {
        fill.want(standing.everLoaded ? SeriesFill.Kind.FILL : SeriesFill.Kind.LOAD);
      }
    });
  }

  /** Opens a stream if it is not open. */
  ChartStream open(StreamKey key) {
    ChartStream known = streams.get(key);
    if (known != null) {
      return known;
    }
    ChartStream opened = new ChartStream(key, instrument, series);
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

  /** Returns what takes the feed's events. */
  SeriesInput input() {
    return input;
  }

  /** Returns true if the chart has to be built from trades. */
  boolean needsTrades() {
    return standing.active && parts.topics().needsTrades(instrument);
  }

  /** Looks at the connection and the topics again after one of them changed. */
  void evaluateFeed() {
    if (!standing.active) {
      return;
    }
    if (feed.evaluate()) {
      standing.polledOk = false;
      if (standing.loading) {
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
    if (!standing.active) {
      return;
    }
    settled.accept(series.onClock(now()));
    if (standing.loading) {
      lookAtOffer();
      if (standing.everLoaded) {
        fill.onMinute();
        parity.onClock();
        gaps.onClock();
        seconds.pump();
      } else if (!fill.isFilling()) {
        fill.want(SeriesFill.Kind.LOAD);
      }
      longHistory.tick();
      splits.onClock();
    }
    flush();
  }

  private void fillAnswered(boolean ok) {
    standing.polledOk = ok && !feed.isUp();
    standing.historyAnswered |= ok;
    standing.lastInputMillis = ok ? parts.clock().millis() : standing.lastInputMillis;
    boolean something = series.newest().isPresent();
    if (ok && !fill.isFilling() && !standing.everLoaded) {
      standing.everLoaded = true;
      parity.loaded();
    }
    if (standing.everLoaded || something || isDefinite()) {
      ready();
    }
    flush();
  }

  private boolean isDefinite() {
    return fill.problem().map(failure -> failure.code() == Failure.NOT_ENTITLED).orElse(false);
  }

  /** Publishes what changed in each stream. */
  void flush() {
    if (!standing.active || !parts.shards().isServing(shard)) {
      return;
    }
    for (ChartStream stream : streams.values()) {
      if (loaded.future().isComplete() || answered.contains(stream.key())) {
        ChartHealth chart = health(stream.key());
        stream.next(chart.health(), report.session(stream.key(), chart)).ifPresent(update -> {
          parts.meters().update();
          parts.publisher().accept(update);
        });
      }
    }
  }

  ChartHealth health(StreamKey key) {
    return report.health(key, !answered.isEmpty());
  }

  String note(ChartHealth chart) {
    return report.note(chart);
  }

  /** Returns what a client gets that asks for a stream now. */
  ChartMessage answer(StreamKey key, Optional<Position> since, boolean changeSeqs) {
    ChartStream stream = open(key);
    answered.add(key);
    ChartHealth chart = health(key);
    Health health = chart.health();
    SessionInfo session = report.session(key, chart);
    Optional<ChartMessage> resumed = since.flatMap(position -> stream
        .resume(position.epoch(), position.seq(), health, session)
        .map(ChartMessage.class::cast));
    return resumed.orElseGet(
        () -> stream.snapshot(health, session, Math.max(0, standing.lastInputMillis), changeSeqs));
  }

  /** A client's place in a stream. */
  record Position(String epoch, long seq) {}

  /** Returns where demand has led, in the words of contract §4's acknowledgement. */
  String demandState(Timeframe timeframe) {
    return report.demandState(timeframe);
  }

  /** Returns what a standby needs to know beside the candles. */
  SeriesState state() {
    return new SeriesState(
        (standing.everLoaded ? SeriesState.LOADED : 0)
            | (standing.historyAnswered ? SeriesState.ANSWERED : 0)
            | longHistory.flags(),
        standing.lastInputMillis,
        parity.doneToMillis(),
        splits.readOnDay(),
        longHistory.standIns(fill.standIn()),
        standing.active ? SeriesState.bits(streams.values()) : 0,
        standing.active ? SeriesState.published(streams.values()) : List.of());
  }

  /** Goes on where the former owner stopped; what it published since will be told again. */
  void adopt(SeriesState state) {
    standing.everLoaded = state.has(SeriesState.LOADED);
    standing.historyAnswered = state.has(SeriesState.ANSWERED);
    standing.lastInputMillis = state.lastInputMillis();
    parity.adopt(state.parityMillis());
    splits.adopt(state.splitsDay());
    longHistory.adopt(state);
    fill.adopt(state.standIns().minutes());
    feed.adopt();
    standing.active = state.streams() != 0;
    if (!standing.active) {
      return;
    }
    List<StreamKey> keys = state.keys(instrument);
    for (int i = 0; i < keys.size(); i++) {
      ChartStream stream = open(keys.get(i));
      if (!keys.get(i).timeframe().isSeconds()) {
        stream.continueFrom(state.published().get(i));
      }
      answered.add(keys.get(i));
    }
    standing.loading = standing.everLoaded;
    if (standing.everLoaded) {
      loaded.tryComplete();
    } else {
      grace = parts.scheduler().after(TOPIC_GRACE, this::load);
    }
  }

  /** Takes note that events of the stream were lost for good since an instant. */
  void missed(long fromMillis) {
    if (standing.active) {
      feed.missed(fromMillis);
      evaluateFeed();
    }
  }
}
