package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Health;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import java.util.OptionalLong;

/** What clients are told of one series beside its bars. Confined to the hub's event loop. */
final class SeriesReport {
  private static final long QUIET_AFTER_MILLIS = 180_000;
  private static final String NO_HISTORY =
      "No provider has earlier bars; these are built from what was streamed since the chart was opened.";

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final SeriesStanding standing;
  private final SeriesFeed feed;
  private final SeriesFill fill;
  private final LongHistory longHistory;

  SeriesReport(
      Instrument instrument,
      CandleSeries series,
      SeriesParts parts,
      SeriesStanding standing,
      SeriesFeed feed,
      SeriesFill fill,
      LongHistory longHistory) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.standing = standing;
    this.feed = feed;
    this.fill = fill;
    this.longHistory = longHistory;
  }

  /** Returns a stream's health; {@code wasAnswered} tells whether any client was answered. */
  ChartHealth health(StreamKey key, boolean wasAnswered) {
    Problem problem = fill.problem()
        .map(SeriesReport::words)
        .map(Problem::of)
        .orElse(Problem.NONE)
        .or(Problem.toldBy(longHistory.standIn(key.timeframe())))
        .or(Problem.toldBy(fill.standIn().who()));
    if (problem.isNone() && longHistory.isFailing(key.timeframe())) {
      problem = Problem.of("older bars are not available");
    }
    if (problem.isNone() && !standing.historyAnswered && wasAnswered && !fill.isHopeless()) {
      problem = Problem.of("history has not answered yet");
    }
    long input = standing.lastInputMillis;
    return new SeriesHealth(
            parts.providerId(),
            parts.feeds().status(FeedBoard.market(instrument.assetClass())),
            feed.isUp(),
            parts.topics().refused(instrument),
            fill.isFilling() && standing.active,
            standing.polledOk,
            problem,
            parts.provider().cooldownMillis(),
            gaps(),
            input < 0 ? -1 : Math.max(0, parts.clock().millis() - input),
            parts.market().phase(instrument),
            series.isHalted())
        .verdict();
  }

  /** Returns the stretches that are suspected or could not be seen; none if nobody can tell what was in them. */
  int gaps() {
    return fill.isHopeless() ? 0 : series.gaps();
  }

  /** Returns true if no provider has a history of which such bars could be made. */
  boolean lacksHistory(Timeframe timeframe) {
    StoreUnit unit = timeframe.isIntraday() ? StoreUnit.MINUTE : StoreUnit.DAY;
    return parts.offer().lacks(instrument.assetClass(), unit);
  }

  private static String words(FailureException failure) {
    return "history is not available: " + failure.getMessage();
  }

  /** Returns what calendar and clock say about a stream of a health. */
  SessionInfo session(StreamKey key, ChartHealth chart) {
    OptionalLong newest =
        series.newest().map(bar -> OptionalLong.of(bar.startMillis())).orElse(OptionalLong.empty());
    String noted = note(chart);
    String note = noted.isEmpty() && lacksHistory(key.timeframe()) ? NO_HISTORY : noted;
    return parts.market().session(key, newest, note);
  }

  /** Returns what is to be said of bars of a health: the last known ones are shown where nobody tells newer ones. */
  String note(ChartHealth chart) {
    return BarNotes.of(chart, parts.providerId(), shown(chart.health()));
  }

  private String shown(Health health) {
    if (health.source() == HealthSource.WS) {
      return "";
    }
    return health.source() == HealthSource.REST && fill.problem().isEmpty()
        ? "Bars are asked for, not streamed"
        : "The last known bars are shown";
  }

  /** Returns where demand of a chart has led, in the words of contract §4's acknowledgement. */
  String demandState(Timeframe timeframe) {
    if (parts.market().phase(instrument) == SessionPhase.CLOSED) {
      return "closed";
    }
    if (!feed.isUp()) {
      boolean isLoaded =
          timeframe.isIntraday() ? standing.everLoaded : longHistory.isLoaded(timeframe);
      return isLoaded ? "polling" : "pending";
    }
    long now = parts.now(instrument.assetClass());
    boolean quiet =
        series.newest().map(bar -> bar.startMillis() < now - QUIET_AFTER_MILLIS).orElse(true);
    return quiet ? "quiet" : "live";
  }
}
