package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.watch.WatchCard;
import io.candlehub.gateway.watch.WatchReply;
import io.candlehub.gateway.watch.Watchlists;
import io.candlehub.model.Instrument;
import io.candlehub.model.QualityGrade;
import io.candlehub.model.quality.Assessment;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Cards of tickers as the hubs tell them, their quality included, and what becomes of that when they cannot be read any
 * more. Confined to the gateway's event loop.
 */
public final class HubCards {
  private static final String ERROR = "error";
  private static final String QUALITY = "quality";
  private static final String CONFIDENCE = "confidence";

  private final HubClient hub;

  /** Creates a reader. */
  public HubCards(HubClient hub) {
    this.hub = hub;
  }

  /** Reads the cards of tickers, as {@link Watchlists.Source} wants it. */
  public void read(List<Instrument> tickers, Consumer<WatchReply<JsonObject>> reply) {
    JsonObject question = new JsonObject()
        .put("tickers", new JsonArray(tickers.stream().map(Instrument::symbol).toList()));
    hub.answer(Addresses.COMMAND_SNAPSHOTS, question).onComplete(done -> {
      if (done.succeeded()) {
        reply.accept(reply(tickers, done.result()));
      } else {
        FailureException failure = FailureException.of(done.cause());
        reply.accept(WatchReply.failed(tickers, failure.code(), failure.retryAfterMillis()));
      }
    });
  }

  /** Reads the cards of an answer. */
  static WatchReply<JsonObject> reply(List<Instrument> tickers, Buffer answer) {
    Map<Instrument, JsonObject> values = new HashMap<>();
    Map<Instrument, Failure> failures = new HashMap<>();
    long retryAfterMillis = 0;
    try {
      for (Object entry : answer.toJsonObject().getJsonArray("cards", new JsonArray())) {
        JsonObject card = (JsonObject) entry;
        Instrument ticker = Instrument.of(card.getString("symbol"));
        if (card.containsKey(ERROR)) {
          JsonObject error = card.getJsonObject(ERROR);
          failures.put(ticker, Failure.valueOf(error.getString("code")));
          retryAfterMillis = Math.max(retryAfterMillis, error.getLong("retryAfterMs", 0L));
        } else {
          values.put(ticker, card);
        }
      }
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      return WatchReply.failed(tickers, Failure.INTERNAL, 0);
    }
    return new WatchReply<>(values, failures, retryAfterMillis);
  }

  /** Returns how good a card is by now, as {@link Watchlists.Appraisal} wants it. */
  public static JsonObject appraise(
      Instrument ticker, JsonObject card, long readMillis, long nowMillis) {
    JsonObject quality = card.getJsonObject(QUALITY, new JsonObject());
    long age = nowMillis - readMillis;
    if (age <= Assessment.STALE_MILLIS) {
      return quality;
    }
    int left = Assessment.left(quality.getInteger(CONFIDENCE, 0), age);
    return quality
        .copy()
        .put("isStale", true)
        .put(CONFIDENCE, left)
        .put(QUALITY, QualityGrade.of(left).wireName());
  }

  /** Returns a card as clients get it: what could not be read says so. */
  public static JsonObject json(WatchCard<JsonObject, JsonObject> card) {
    if (card instanceof WatchCard.Shown<JsonObject, JsonObject> shown) {
      return shown.value();
    }
    if (card instanceof WatchCard.Stale<JsonObject, JsonObject> stale) {
      return stale.value().copy().put(QUALITY, stale.quality()).put(ERROR, error(stale.failure()));
    }
    if (card instanceof WatchCard.Missing<JsonObject, JsonObject> missing) {
      return new JsonObject()
          .put("symbol", missing.instrument().symbol())
          .put(ERROR, error(missing.failure()));
    }
    throw new AssertionError(card);
  }

  private static JsonObject error(Failure failure) {
    return failure.because("the ticker could not be read").toJson();
  }
}
