package io.candlehub.gateway.udf;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.QuoteJson;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Answers requests for quotes; what is not known of a quote is left out. Confined to the gateway's event loop. */
final class UdfQuotes {
  private static final int MOST = 200;

  private final HubClient hub;
  private final Reference reference;

  UdfQuotes(HubClient hub, Reference reference) {
    this.hub = hub;
    this.reference = reference;
  }

  /** Returns one entry per name, in the order asked; fails only if none could be asked for. */
  Future<JsonObject> answer(UdfQuery query) {
    List<String> names = List.of(query.required("symbols").split(",", -1));
    if (names.size() > MOST) {
      throw Failure.LIMIT_EXCEEDED.because("at most " + MOST + " symbols at once");
    }
    if (names.contains("")) {
      throw StreamArguments.invalid("symbols", "must be names with a comma between them");
    }
    List<Future<JsonObject>> entries = new ArrayList<>();
    names.forEach(name -> entries.add(entry(name)));
    return Future.join(entries).transform(done -> {
      if (done.failed() && entries.stream().noneMatch(Future::succeeded)) {
        FailureException failure = FailureException.of(done.cause());
        if (failure.code() == Failure.UNAVAILABLE) {
          return Future.failedFuture(failure);
        }
      }
      JsonArray all = new JsonArray();
      for (int i = 0; i < entries.size(); i++) {
        Future<JsonObject> entry = entries.get(i);
        all.add(entry.succeeded() ? entry.result() : refused(names.get(i), entry.cause()));
      }
      return Future.succeededFuture(new JsonObject().put("s", "ok").put("d", all));
    });
  }

  private static JsonObject refused(String name, Throwable cause) {
    return new JsonObject()
        .put("s", "error")
        .put("n", name)
        .put("errmsg", UdfErrors.words(FailureException.of(cause)))
        .put("v", new JsonObject());
  }

  private Future<JsonObject> entry(String name) {
    Instrument instrument;
    try {
      instrument = UdfQuery.instrument(name);
    } catch (FailureException malformed) {
      return Future.failedFuture(malformed);
    }
    return hub.quote(instrument).compose(body -> {
      Quote quote = QuoteJson.read(body.toJsonObject())
          .orElseThrow(() -> Failure.INTERNAL.because("the quote cannot be read"));
      return reference
          .listing(instrument)
          .otherwise(new JsonObject())
          .map(listing ->
              new JsonObject().put("s", "ok").put("n", name).put("v", values(quote, listing)));
    });
  }

  private static JsonObject values(Quote quote, JsonObject listing) {
    JsonObject values = new JsonObject()
        .put("short_name", quote.instrument().symbol())
        .put("exchange", SymbolInfo.exchange(listing))
        .put("description", SymbolInfo.description(quote.instrument(), listing));
    put(values, "lp", quote.last());
    put(values, "bid", quote.bid());
    put(values, "ask", quote.ask());
    put(values, "spread", quote.spread());
    put(values, "volume", quote.volume());
    put(values, "prev_close_price", quote.previousClose());
    double change = quote.last() - quote.previousClose();
    put(values, "ch", change);
    put(values, "chp", change / quote.previousClose() * 100);
    return values;
  }

  /** Leaves out what is not known, and the binary noise of differences of decimal prices. */
  private static void put(JsonObject values, String name, double value) {
    if (Double.isFinite(value)) {
      values.put(name, Math.abs(value) > 1e9 ? value : Math.rint(value * 1e8) / 1e8);
    }
  }
}
