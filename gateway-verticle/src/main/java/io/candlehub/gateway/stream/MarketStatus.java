package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.model.AssetClass;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The market's status as last heard from the hub, the clients that follow it, and an estimate of market now.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class MarketStatus {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  private final HubClient hub;
  private final Pace pace;
  private final Terms terms;
  private final Latest<JsonObject> everyReport = new Latest<>(new JsonObject());
  private final Latest<JsonObject> changes = new Latest<>(new JsonObject());
  private final Fanout<JsonObject> reportFanout;
  private final Fanout<JsonObject> changeFanout;
  private final HubWatch watch;
  private final Promise<Void> heardOnce = Promise.promise();
  private MessageConsumer<JsonObject> consumer;
  private JsonObject lastVerdict = new JsonObject();
  private long heardMarketMillis;
  private double speed = 1;
  private long heardNanos;
  private Map<String, Long> delaysByMarket = Map.of();

  /**
   * Creates the status; nothing is followed yet.
   *
   * @param onLost told when the hub cannot be reached
   * @param onBack told when it can be reached again
   */
  MarketStatus(StreamParts parts, Runnable onLost, Runnable onBack) {
    this.terms = parts.terms();
    this.hub = parts.hub();
    this.pace = parts.pace();
    this.reportFanout = new Fanout<>(everyReport, pace, parts.meters(), () -> {});
    this.changeFanout = new Fanout<>(changes, pace, parts.meters(), () -> {});
    this.watch = new HubWatch(hub, pace.scheduler(), new HubWatch.Listener() {
      @Override
      public void answered(JsonObject status) {
        heard(status);
      }

      @Override
      public void lost() {
        onLost.run();
      }

      @Override
      public void back() {
        onBack.run();
      }
    });
  }

  /** Begins to listen; done when the hub has been heard, or has not been found for a second. */
  Future<Void> start() {
    consumer = hub.listen(Addresses.STATUS, (Message<JsonObject> message) -> heard(message.body()));
    Promise<Void> looked = Promise.promise();
    return consumer.completion().compose(listening -> {
      watch.ask();
      heardOnce.future().onSuccess(looked::tryComplete);
      pace.scheduler().after(LONGEST_LOOK, looked::tryComplete);
      return looked.future();
    });
  }

  /** Returns true if the hub has been heard ever. */
  public boolean isHeard() {
    return heardOnce.future().isComplete();
  }

  Future<Void> stop() {
    watch.stop();
    reportFanout.end();
    changeFanout.end();
    return consumer == null ? Future.succeededFuture() : consumer.unregister();
  }

  /** Takes a report; while this node is cut off it only shows that somebody is there. */
  private void heard(JsonObject status) {
    if (!terms.isCutOff()) {
      take(status);
    }
    watch.reported();
  }

  private void take(JsonObject status) {
    Long marketMillis = status.getLong("marketMillis");
    if (marketMillis != null) {
      heardMarketMillis = marketMillis;
      heardNanos = pace.nanoClock().getAsLong();
      speed = status.getDouble("speed", 1.0);
    }
    delaysByMarket = delays(status);
    everyReport.take(status);
    reportFanout.changed();
    JsonObject verdict = status.copy();
    verdict.remove("marketMillis");
    verdict.remove("marketTime");
    if (!verdict.equals(lastVerdict)) {
      lastVerdict = verdict;
      changes.take(status);
      changeFanout.changed();
    } else {
      changes.refresh(status);
    }
    heardOnce.tryComplete();
  }

  private static Map<String, Long> delays(JsonObject status) {
    return status.getJsonArray("feeds", new JsonArray()).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .collect(Collectors.toUnmodifiableMap(
            feed -> feed.getString("market", ""), feed -> feed.getLong("delayMs", 0L), Math::max));
  }

  /** Looks at once whether the hub can be reached, which somebody doubts. */
  void doubt() {
    watch.ask();
  }

  /** Returns the estimate of market now in epoch millis; 0 until the hub has been heard. */
  public LongSupplier marketMillis() {
    return () -> heardMarketMillis == 0
        ? 0
        : heardMarketMillis + (long) ((pace.nanoClock().getAsLong() - heardNanos) / 1e6 * speed);
  }

  /** Returns the market time that the feed of a class of instruments has come to; 0 until the hub has been heard. */
  long feedMillis(AssetClass assetClass) {
    long delayMillis = delaysByMarket.getOrDefault(assetClass.market(), 0L);
    return Math.max(0, marketMillis().getAsLong() - delayMillis);
  }

  /** Returns true if the hub says that the market is closed. */
  public boolean isClosed() {
    return "closed".equals(everyReport.snapshot().getString("market"));
  }

  /** Adds a client that gets the status now and every time anything but the time of day changes. */
  public <T> Subscription followChanges(Encoding<JsonObject, T> encoding, Sink<T> sink) {
    return follow(changeFanout, encoding, sink);
  }

  /** Adds a client that gets the status now and with every report of the hub. */
  public <T> Subscription followReports(Encoding<JsonObject, T> encoding, Sink<T> sink) {
    return follow(reportFanout, encoding, sink);
  }

  private static <T> Subscription follow(
      Fanout<JsonObject> fanout, Encoding<JsonObject, T> encoding, Sink<T> sink) {
    Cursor<JsonObject, T> cursor = fanout.join(encoding, sink, Position.START, 0);
    cursor.flush();
    return cursor;
  }
}
