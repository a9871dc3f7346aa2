package io.candlehub.hub;

import io.candlehub.bus.ChainJson;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.chain.ChainDesk;
import io.candlehub.hub.chain.Worker;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionChain;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers the commands for option chains (contract §3, §5). Confined to the hub's event loop. */
final class OptionCommands {
  private static final String UNDERLYING = "underlying";

  private final ChainDesk desk;
  private final OwnedShards shards;
  private final Worker worker;

  OptionCommands(ChainDesk desk, OwnedShards shards, Worker worker) {
    this.desk = desk;
    this.shards = shards;
    this.worker = worker;
  }

  /** Returns the shard of the underlying that a question names. */
  OptionalInt shardOfUnderlying(JsonObject question) {
    Optional<Instrument> named = question.getValue(UNDERLYING) instanceof String symbol
        ? Instrument.parse(symbol)
        : Optional.empty();
    return named.map(known -> OptionalInt.of(shards.of(known))).orElse(OptionalInt.empty());
  }

  /**
   * Answers with a chain: one expiration, or all. A service that keeps a replica of an expiration asks for that as long as
   * it demands it.
   */
  void chain(Message<JsonObject> message) {
    JsonObject question = message.body();
    Instrument underlying = underlying(question);
    ChainFilter filter = new ChainFilter(
        number(question, "strikeMin"),
        number(question, "strikeMax"),
        number(question, "minVolume"),
        number(question, "maxSpreadPercent"));
    reply(
        message,
        underlying,
        chain(underlying, question, filter)
            .compose(found -> worker.run(() -> ChainJson.chain(found))));
  }

  private Future<OptionChain> chain(
      Instrument underlying, JsonObject question, ChainFilter filter) {
    if (question.getValue("expiration") == null) {
      return desk.chain(underlying, filter);
    }
    LocalDate date = date(question);
    return question.getValue("replica") == Boolean.TRUE
        ? desk.toView(underlying, date)
        : desk.chain(underlying, date, filter);
  }

  /** Answers with the dates on which options expire. */
  void expirations(Message<JsonObject> message) {
    Instrument underlying = underlying(message.body());
    reply(
        message,
        underlying,
        desk.expirations(underlying)
            .map(answer -> ChainJson.expirations(answer.expirations(), answer.quality())));
  }

  /** Answers with one contract and its terms. */
  void contract(Message<JsonObject> message) {
    Instrument contract = Instrument.parse(text(message.body(), "symbol"))
        .orElseThrow(() -> ChartCommands.invalid("symbol"));
    reply(
        message,
        contract,
        desk.contract(contract)
            .map(answer -> ChainJson.contract(
                answer.leg(), answer.terms(), answer.underlying().symbol())));
  }

  private void reply(Message<JsonObject> message, Instrument about, Future<Buffer> answer) {
    answer
        .onSuccess(body -> {
          if (shards.mayAnswer(about)) {
            message.reply(
                body, new DeliveryOptions().addHeader("term", shards.termText(shards.of(about))));
          } else {
            CommandRouter.moving().replyTo(message);
          }
        })
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  private static Instrument underlying(JsonObject question) {
    return Instrument.parse(text(question, UNDERLYING))
        .orElseThrow(() -> ChartCommands.invalid(UNDERLYING));
  }

  private static String text(JsonObject question, String name) {
    if (question.getValue(name) instanceof String text) {
      return text;
    }
    throw ChartCommands.invalid(name);
  }

  private static LocalDate date(JsonObject question) {
    try {
      return LocalDate.parse(text(question, "expiration"));
    } catch (DateTimeException e) {
      throw ChartCommands.invalid("expiration");
    }
  }

  private static double number(JsonObject question, String name) {
    Object value = question.getValue(name);
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw ChartCommands.invalid(name);
  }
}
