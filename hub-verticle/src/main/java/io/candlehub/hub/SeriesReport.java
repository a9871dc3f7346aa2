package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.StreamKey;
import java.util.OptionalLong;

/** What clients are told of one series beside its bars. Confined to the hub's event loop. */
final class SeriesReport {
  private static final long QUIET_AFTER_MILLIS = 180_000;

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
  Health health(StreamKey key, boolean wasAnswered) {
    String problem = fill.problem().map(SeriesReport::words).orElse("");
    if (problem.isEmpty()) {
      problem = standIn(longHistory.standIn(key.timeframe()));
    }
    if (problem.isEmpty()) {
      problem = standIn(fill.standIn().who());
    }
    if (problem.isEmpty() && longHistory.isFailing(key.timeframe())) {
      problem = "older bars are not available";
    }
    if (problem.isEmpty() && !standing.historyAnswered && wasAnswered) {
      problem = "history has not answered yet";
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
            series.gaps(),
            input < 0 ? -1 : Math.max(0, parts.clock().millis() - input),
            parts.market().phase(instrument),
            series.isHalted())
        .verdict();
  }

  /** Returns what is to be said of bars that another provider than the first one told. */
  static String standIn(String who) {
    return who.isEmpty() ? "" : "bars come from " + who;
  }

  private static String words(FailureException failure) {
    return "history is not available: " + failure.getMessage();
  }

  /** Returns what calendar and clock say about a stream of a health. */
  SessionInfo session(StreamKey key, Health health) {
    OptionalLong newest =
        series.newest().map(bar -> OptionalLong.of(bar.startMillis())).orElse(OptionalLong.empty());
    String note = health.mode() == HealthMode.DEGRADED
        ? "The last known bars are shown: " + health.reason() + "."
        : "";
    return parts.market().session(key, newest, note);
  }

  /** Returns where demand has led, in the words of contract §4's acknowledgement. */
  String demandState() {
    if (parts.market().phase(instrument) == SessionPhase.CLOSED) {
      return "closed";
    }
    if (!feed.isUp()) {
      return standing.everLoaded ? "polling" : "pending";
    }
    long now = parts.now(instrument.assetClass());
    boolean quiet =
        series.newest().map(bar -> bar.startMillis() < now - QUIET_AFTER_MILLIS).orElse(true);
    return quiet ? "quiet" : "live";
  }
}
