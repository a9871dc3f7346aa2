package io.candlehub.hub;

import io.candlehub.bus.ChartJson;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.HistoryAnswer;
import io.candlehub.hub.history.HistoryQuestion;
import io.candlehub.hub.history.HistoryReader;
import io.candlehub.hub.history.HistoryWindows;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers the command for bars of a range (contract §3, aggs). Confined to the hub's event loop. */
final class HistoryCommand {
  private static final Duration READING_IS_DEMAND = Duration.ofSeconds(60);
  private static final int DEFAULT_LIMIT = 5_000;
  private static final int HIGHEST_LIMIT = 50_000;

  private final Hub hub;
  private final ChartCommands charts;
  private final HistoryReader reader;
  private final SeriesParts parts;

  HistoryCommand(Hub hub, ChartCommands charts, HistoryReader reader, SeriesParts parts) {
    this.hub = hub;
    this.charts = charts;
    this.reader = reader;
    this.parts = parts;
  }

  /** Answers one question. */
  void history(Message<JsonObject> message) {
    HistoryQuestion question = question(message.body());
    StreamKey key = question.key();
    boolean reachesNow = question.to().isEmpty()
        || question.to().getAsLong() >= parts.now(key.instrument().assetClass());
    Future<Void> ready = reachesNow
        ? charts.loaded(charts.asked(key, "read", READING_IS_DEMAND), key).mapEmpty()
        : hub.exists(key.instrument());
    ready
        .compose(done -> reader.read(
            question, recent(question), parts.delayMillis(key.instrument().assetClass())))
        .onSuccess(answer -> reply(message, key, answer))
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  private static HistoryQuestion question(JsonObject body) {
    StreamKey key = ChartCommands.key(body);
    Object limit = body.getValue("limit");
    if (limit != null
        && !(limit instanceof Number number
            && number.longValue() >= 1
            && number.longValue() <= HIGHEST_LIMIT)) {
      throw ChartCommands.invalid("limit");
    }
    return new HistoryQuestion(
        key,
        millis(body, "from"),
        millis(body, "to"),
        limit == null ? DEFAULT_LIMIT : ((Number) limit).intValue(),
        body.getValue("adjusted") != Boolean.FALSE);
  }

  private static OptionalLong millis(JsonObject body, String name) {
    Object value = body.getValue(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value instanceof Number number) {
      return OptionalLong.of(number.longValue());
    }
    throw ChartCommands.invalid(name);
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

  private void reply(Message<JsonObject> message, StreamKey key, HistoryAnswer answer) {
    Optional<LiveSeries> live = hub.series(key.instrument()).filter(LiveSeries::isActive);
    Health known = live.map(found -> found.health(key)).orElseGet(() -> health(key, answer));
    String problem = answer.problem().map(HistoryCommand::words).orElse("");
    Health health = problem.isEmpty() ? known : degraded(known, problem);
    ChartSnapshot frame = new ChartSnapshot(
        key,
        key.instrument().symbol(),
        List.of(),
        List.of(),
        health,
        parts.market().session(key, answer.newest(), note(health)),
        live.map(found -> found.series().epoch()).orElse("history"),
        live.map(found -> found.series().seq()).orElse(0L),
        parts.clock().millis() - Math.max(0, health.lastUpdateMillisAgo()),
        List.of());
    message.reply(ChartJson.history(frame, answer.bars(), answer.intervals(), answer.next()));
  }

  private static String words(FailureException failure) {
    return "older bars are not available: " + failure.getMessage();
  }

  private static String note(Health health) {
    return health.mode() == HealthMode.DEGRADED
        ? "The last known bars are shown: " + health.reason() + "."
        : "";
  }

  private static Health degraded(Health health, String reason) {
    return new Health(
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
        reason);
  }

  /** Bars of the past are not fed: their health is where they came from. */
  private Health health(StreamKey key, HistoryAnswer answer) {
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
