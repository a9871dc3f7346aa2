package io.candlehub.hub;

import io.candlehub.bus.ChartJson;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.HistoryAnswer;
import io.candlehub.hub.history.HistoryQuestion;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.Health;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers the command for bars of a range (contract §3, aggs). Confined to the hub's event loop. */
final class HistoryCommand {
  private static final int DEFAULT_LIMIT = 5_000;
  private static final int HIGHEST_LIMIT = 50_000;

  private final Hub hub;
  private final ChartedHistory charted;
  private final SeriesParts parts;

  HistoryCommand(Hub hub, ChartedHistory charted, SeriesParts parts) {
    this.hub = hub;
    this.charted = charted;
    this.parts = parts;
  }

  /** Answers one question. */
  void history(Message<JsonObject> message) {
    HistoryQuestion question = question(message.body());
    charted
        .follow(question)
        .onSuccess(answer -> reply(message, question.key(), answer))
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

  private void reply(Message<JsonObject> message, StreamKey key, HistoryAnswer answer) {
    Instrument barsOf = ChartedBars.of(key).instrument();
    Optional<LiveSeries> live = hub.series(barsOf).filter(LiveSeries::isActive);
    ChartHealth chart = charted.health(key, answer);
    Health health = chart.health();
    ChartSnapshot frame = new ChartSnapshot(
        key,
        barsOf.symbol(),
        List.of(),
        List.of(),
        health,
        parts.market().session(key, answer.newest(), note(live, chart)),
        live.map(found -> found.series().epoch()).orElse("history"),
        live.map(found -> found.series().seq()).orElse(0L),
        parts.clock().millis() - Math.max(0, health.lastUpdateMillisAgo()),
        List.of());
    message.reply(ChartJson.history(frame, answer.bars(), answer.intervals(), answer.next()));
  }

  /** Bars of the past are not the last known ones of a stream. */
  private String note(Optional<LiveSeries> live, ChartHealth chart) {
    return live.map(series -> series.note(chart))
        .orElseGet(() -> BarNotes.of(chart, parts.providerId(), ""));
  }
}
