package io.candlehub.hub;

import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.HistoryAnswer;
import io.candlehub.hub.history.HistoryQuestion;
import io.candlehub.hub.history.HistoryReader;
import io.candlehub.hub.history.HistoryWindows;
import io.candlehub.model.Bar;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Origin;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Bars of a range as charts show them, from the series in memory, the store and the provider, and how good they are.
 * Confined to the hub's event loop.
 */
final class ChartedHistory {
  private static final Duration READING_IS_DEMAND = Duration.ofSeconds(60);

  private final Hub hub;
  private final ChartCommands charts;
  private final HistoryReader reader;
  private final SeriesParts parts;

  ChartedHistory(Hub hub, ChartCommands charts, HistoryReader reader, SeriesParts parts) {
    this.hub = hub;
    this.charts = charts;
    this.reader = reader;
    this.parts = parts;
  }

  /** Reads a range; one that reaches now is demand for a while, and is answered when the series is loaded. */
  Future<HistoryAnswer> follow(HistoryQuestion question) {
    StreamKey key = question.key();
    StreamKey bars = ChartedBars.of(key);
    boolean reachesNow = question.to().isEmpty()
        || question.to().getAsLong() >= parts.now(bars.instrument().assetClass());
    Future<Void> ready = reachesNow
        ? charts.loaded(charts.asked(bars, "read", READING_IS_DEMAND), key).mapEmpty()
        : hub.exists(key.instrument());
    return ready.compose(done -> read(question));
  }

  /** Reads a range; it is no demand. */
  Future<HistoryAnswer> read(HistoryQuestion question) {
    HistoryQuestion charted = question.of(ChartedBars.of(question.key()));
    return reader.read(
        charted, recent(charted), parts.delayMillis(charted.key().instrument().assetClass()));
  }

  /** Returns true if a chart of an instrument is followed, so that reading costs no request. */
  boolean isFollowed(StreamKey key) {
    return hub.series(ChartedBars.of(key).instrument())
        .filter(LiveSeries::isActive)
        .filter(live -> live.holds(key.timeframe()))
        .isPresent();
  }

  /** Returns the bars of an answer, ascending. */
  static List<Bar> bars(HistoryAnswer answer) {
    return answer.bars().stream()
        .flatMap(rows -> ChartJsonReader.readBars(rows).stream())
        .toList();
  }

  private Optional<HistoryReader.Recent> recent(HistoryQuestion question) {
    StreamKey key = question.key();
    return hub.series(key.instrument())
        .filter(LiveSeries::isActive)
        .filter(live -> live.holds(key.timeframe()))
        .filter(live ->
            !key.timeframe().isSeconds() || live.series().firstSecondMillis().isPresent())
        .map(live -> new HistoryReader.Recent(
            () -> question.adjusted()
                ? live.series().views().read(key.timeframe(), key.sessionMode(), -1)
                : live.series().views().readRaw(key.timeframe(), key.sessionMode()),
            live.series().epoch() + "@" + live.series().seq(),
            completeFrom(live, key)));
  }

  /** Returns from when on a series in memory has all of a stream. */
  private long completeFrom(LiveSeries live, StreamKey key) {
    if (key.timeframe().isSeconds()) {
      long first = live.series().firstSecondMillis().orElseThrow();
      long length = key.timeframe().millis();
      return Math.floorDiv(first + length - 1, length) * length;
    }
    return key.timeframe().compareTo(Timeframe.H1) < 0
        ? live.series().firstMillis()
        : HistoryWindows.start(
            key.timeframe(),
            parts.now(key.instrument().assetClass()),
            TradingCalendar.of(key.instrument()));
  }

  /** Returns how good an answer is. */
  ChartHealth health(StreamKey key, HistoryAnswer answer) {
    StreamKey bars = ChartedBars.of(key);
    ChartHealth known = hub.series(bars.instrument())
        .filter(LiveSeries::isActive)
        .map(found -> found.health(key))
        .orElseGet(() -> new ChartHealth(past(bars, answer), Origin.UNKNOWN));
    Problem problem = answer
        .problem()
        .map(ChartedHistory::words)
        .map(Problem::of)
        .orElseGet(() -> Problem.toldBy(answer.standIn()));
    return problem.isNone() ? known : degraded(known.health(), problem);
  }

  private static String words(FailureException failure) {
    return "older bars are not available: " + failure.getMessage();
  }

  private static ChartHealth degraded(Health health, Problem problem) {
    Health worse = new Health(
        HealthMode.DEGRADED,
        health.source(),
        health.provider(),
        health.lastUpdateMillisAgo(),
        health.delayMillis(),
        health.throttled(),
        health.cooldownMillis(),
        health.gapsDetected(),
        health.missing(),
        health.state(),
        problem.words());
    return new ChartHealth(worse, problem.standIn());
  }

  /** Bars of the past are not fed: their health is where they came from. */
  private Health past(StreamKey key, HistoryAnswer answer) {
    return new Health(
        HealthMode.LIVE,
        answer.stored() ? HealthSource.CACHE : HealthSource.REST,
        parts.providerId(),
        -1,
        parts.delayMillis(key.instrument().assetClass()),
        parts.provider().cooldownMillis() > 0,
        parts.provider().cooldownMillis(),
        0,
        List.of(),
        parts.market().phase(key.instrument()).wireName(),
        "");
  }
}
