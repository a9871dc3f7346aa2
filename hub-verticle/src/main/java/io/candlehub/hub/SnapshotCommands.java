package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.Json;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Quality;
import io.candlehub.model.quality.QualityRules;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers the commands for what is known of several instruments at present. Any hub answers; asking is no demand.
 * Confined to the hub's event loop.
 */
final class SnapshotCommands {
  private static final int MOST_TICKERS = 1_000;
  private static final int MOST_INDICES = 20;
  private static final int BYTES_PER_CARD = 500;
  private static final long TIMEOUT_MILLIS = 30_000;
  private static final List<String> USUAL_INDICES = List.of("I:SPX", "I:NDX", "I:VIX");

  private final MarketQuestions questions;
  private final EventBus bus;
  private final SeriesParts parts;
  private final CardMemory memory;

  SnapshotCommands(MarketQuestions questions, EventBus bus, SeriesParts parts) {
    this.questions = questions;
    this.bus = bus;
    this.parts = parts;
    this.memory = new CardMemory(parts.reference(), parts.scheduler(), parts.clock()::millis);
  }

  /** Answers with a card for each ticker; one that could not be read says why, beside what was read before. */
  void snapshots(Message<JsonObject> message) {
    Set<Instrument> tickers = tickers(message.body(), MOST_TICKERS);
    questions
        .snapshots(List.copyOf(tickers))
        .compose(answers -> told(tickers, answers))
        .otherwise(cause -> cards(tickers, Set.of(), ticker -> FailureException.of(cause)))
        .onSuccess(message::reply)
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  private Future<Buffer> told(Set<Instrument> tickers, List<MarketSnapshot> answers) {
    memory.take(answers);
    Set<Instrument> told =
        answers.stream().map(MarketSnapshot::instrument).collect(Collectors.toSet());
    Set<Instrument> untold = new LinkedHashSet<>(tickers);
    untold.removeAll(told);
    return untold.isEmpty()
        ? Future.succeededFuture(cards(tickers, told, memory::reason))
        : memory.judge(untold).map(judged -> cards(tickers, told, memory::reason));
  }

  private static Set<Instrument> tickers(JsonObject question, int most) {
    if (!(question.getValue("tickers") instanceof JsonArray list)
        || list.isEmpty()
        || list.size() > most) {
      throw ChartCommands.invalid("tickers");
    }
    Set<Instrument> tickers = new LinkedHashSet<>();
    for (Object ticker : list) {
      if (!(ticker instanceof String symbol)) {
        throw ChartCommands.invalid("tickers");
      }
      tickers.add(Instrument.parse(symbol).orElseThrow(() -> ChartCommands.invalid("tickers")));
    }
    return tickers;
  }

  private Buffer cards(
      Set<Instrument> tickers,
      Set<Instrument> told,
      Function<Instrument, FailureException> failures) {
    return Json.buffer(BYTES_PER_CARD * tickers.size(), out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("cards");
      for (Instrument ticker : tickers) {
        Optional<MarketSnapshot> known = memory.last(ticker);
        Optional<FailureException> failure =
            Optional.of(ticker).filter(asked -> !told.contains(asked)).map(failures);
        if (known.isPresent()) {
          CardJson.card(out, known.get(), quality(known.get()), failure);
        } else {
          CardJson.missing(out, ticker, failure.orElseGet(() -> memory.reason(ticker)));
        }
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private Quality quality(MarketSnapshot told) {
    return QualityRules.quote(told)
        .quality(
            told.source(),
            told.atMillis(),
            parts.now(told.instrument().assetClass()),
            told.fallbackReason());
  }

  /** Answers with several indices, each by the hub that owns it; one that fails says why. */
  void indices(Message<JsonObject> message) {
    JsonObject question = message.body().containsKey("tickers")
        ? message.body()
        : new JsonObject().put("tickers", new JsonArray(USUAL_INDICES));
    Set<Instrument> indices = tickers(question, MOST_INDICES).stream()
        .map(SnapshotCommands::index)
        .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Future<Buffer>> asked = new ArrayList<>();
    for (Instrument index : indices) {
      asked.add(bus.<Buffer>request(
              Addresses.COMMAND_INDEX,
              new JsonObject().put("symbol", index.symbol()),
              new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS))
          .map(Message::body)
          .otherwise(failure -> Json.buffer(
              BYTES_PER_CARD, out -> CardJson.missing(out, index, FailureException.of(failure)))));
    }
    Future.all(asked).onSuccess(all -> message.reply(list(asked)));
  }

  /** An index may be called without its prefix where nothing else is asked for. */
  private static Instrument index(Instrument named) {
    if (named.assetClass() == AssetClass.EQUITY) {
      return Instrument.of(AssetClass.INDEX.prefix() + named.symbol());
    }
    if (named.assetClass() != AssetClass.INDEX) {
      throw ChartCommands.invalid("tickers");
    }
    return named;
  }

  private static Buffer list(List<Future<Buffer>> rows) {
    Buffer list = Buffer.buffer("{\"indices\":[");
    for (int i = 0; i < rows.size(); i++) {
      list.appendString(i == 0 ? "" : ",").appendBuffer(rows.get(i).result());
    }
    return list.appendString("]}");
  }
}
