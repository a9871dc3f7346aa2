package io.candlehub.gateway.udf;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * What instruments are and which splits they had, asked once and remembered for an hour; failures are not remembered.
 * Confined to the gateway's event loop.
 */
final class Reference {
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final long KEEP_NANOS = Duration.ofHours(1).toNanos();
  private static final int MOST_KNOWN = 5_000;

  private final EventBus bus;
  private final LongSupplier nanoClock;
  private final Map<Key, Known> answers = new HashMap<>();

  Reference(EventBus bus, LongSupplier nanoClock) {
    this.bus = bus;
    this.nanoClock = nanoClock;
  }

  private record Key(String address, Instrument instrument) {}

  private record Known(Future<Object> answer, long askedNanos) {}

  /**
   * Returns the description of an instrument: {@code symbol, name, type, exchange}. It has the symbol alone if the
   * provider cannot tell now; it fails as {@link Failure#noSuch} says if there is no such instrument, or nobody has any
   * of its kind: a chart knows no other word for it.
   */
  Future<JsonObject> listing(Instrument instrument) {
    return ask(Addresses.INGEST_INSTRUMENT, instrument)
        .map(JsonObject.class::cast)
        .recover(failure -> {
          Failure code = FailureException.of(failure).code();
          if (code.meansNoSuch() || code == Failure.UNSUPPORTED) {
            return Future.failedFuture(Failure.noSuch(instrument));
          }
          return code == Failure.INVALID_PARAMETER
              ? Future.failedFuture(failure)
              : Future.succeededFuture(new JsonObject().put("symbol", instrument.symbol()));
        });
  }

  /** Returns the splits of an instrument, each {@code date, from, to, source?, fallbackReason?}; none if the provider's plan has none. */
  Future<List<JsonObject>> splits(Instrument instrument) {
    return ask(Addresses.INGEST_SPLITS, instrument)
        .map(JsonArray.class::cast)
        .map(rows ->
            IntStream.range(0, rows.size()).mapToObj(rows::getJsonObject).toList())
        .recover(failure -> {
          Failure code = FailureException.of(failure).code();
          return code == Failure.NOT_ENTITLED || code == Failure.UNSUPPORTED
              ? Future.succeededFuture(List.of())
              : Future.failedFuture(failure);
        });
  }

  private Future<Object> ask(String address, Instrument instrument) {
    Key key = new Key(address, instrument);
    long now = nanoClock.getAsLong();
    Known known = answers.get(key);
    if (known != null && now - known.askedNanos < KEEP_NANOS) {
      return known.answer;
    }
    if (answers.size() >= MOST_KNOWN) {
      answers.clear();
    }
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(PATIENCE.toMillis());
    JsonObject question = new JsonObject().put("symbol", instrument.symbol());
    Future<Object> answer = bus.<Object>request(address, question, options)
        .map(message -> message.body())
        .recover(failure -> Future.failedFuture(FailureException.of(failure)));
    answers.put(key, new Known(answer, now));
    return answer.onFailure(failure -> answers.remove(key));
  }
}
