package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.hub.chain.OptionSource.Urgency;
import io.candlehub.hub.chain.ScriptedOptions;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@link ScriptedOptions} as ingest answers them on the bus. Its consumers take turns. */
final class OptionBus {
  final ScriptedOptions options;
  final List<JsonObject> questions = new CopyOnWriteArrayList<>();

  OptionBus(Vertx vertx, MarketClock clock) {
    options = new ScriptedOptions(clock);
    serve(
        vertx,
        Addresses.INGEST_EXPIRATIONS,
        question -> options.expirations(instrument(question)).map(SnapshotJson::expirations));
    serve(
        vertx,
        Addresses.INGEST_CHAIN,
        question -> options
            .chain(
                instrument(question),
                LocalDate.parse(question.getString("first")),
                LocalDate.parse(question.getString("last")),
                Urgency.WAITED_FOR)
            .map(SnapshotJson::chain));
    serve(
        vertx,
        Addresses.INGEST_CONTRACT,
        question -> options.contract(instrument(question)).map(SnapshotJson::contract));
  }

  /** Answers a question. */
  private interface Service {
    Future<Buffer> answer(JsonObject question);
  }

  private static Instrument instrument(JsonObject question) {
    return Instrument.of(question.getString("symbol"));
  }

  private void serve(Vertx vertx, String address, Service service) {
    vertx.eventBus().<JsonObject>consumer(address, message -> reply(message, service));
  }

  private synchronized void reply(Message<JsonObject> message, Service service) {
    questions.add(message.body());
    service
        .answer(message.body())
        .onSuccess(message::reply)
        .onFailure(failure -> FailureException.of(failure).replyTo(message));
  }
}
