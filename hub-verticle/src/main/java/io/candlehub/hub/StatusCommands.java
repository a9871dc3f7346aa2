package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.hub.history.StoreWriter;
import io.candlehub.hub.store.CandleStore;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.feed.FeedStatus;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.OptionalLong;

/** Tells clients the market's status and operators the health of feeds and store. Confined to the hub's event loop. */
final class StatusCommands {
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EventBus bus;
  private final Hub hub;
  private final SeriesParts parts;
  private final CandleStore store;
  private SessionPhase publishedPhase = SessionPhase.CLOSED;
  private int looks;
  private Scheduler.Cancellable next = () -> {};

  StatusCommands(EventBus bus, Hub hub, SeriesParts parts, CandleStore store) {
    this.bus = bus;
    this.hub = hub;
    this.parts = parts;
    this.store = store;
  }

  /** Begins to publish the status on every change and every few seconds. */
  void start() {
    publishedPhase = parts.market().phase();
    hub.onStatus(this::publish);
    look();
  }

  void stop() {
    next.cancel();
  }

  private void look() {
    next = parts.scheduler().after(LOOK, () -> {
      parts.meters().levels(hub.activeSeries(), hub.gaps(), parts.writer().pending());
      SessionPhase phase = parts.market().phase();
      looks++;
      if (phase != publishedPhase || looks * LOOK.toMillis() >= REPEAT.toMillis()) {
        if (phase != publishedPhase) {
          hub.phaseChanged();
        }
        publish();
      }
      look();
    });
  }

  private void publish() {
    looks = 0;
    publishedPhase = parts.market().phase();
    bus.publish(Addresses.STATUS, status());
  }

  /** Returns the market's status. */
  JsonObject status() {
    return parts.market().status();
  }

  /** Returns the health of feeds and store. */
  JsonObject health() {
    boolean down = false;
    JsonArray feeds = new JsonArray();
    for (FeedStatus status : parts.feeds().all()) {
      down |= parts.feeds().isDown(status.market());
      OptionalLong frame = parts.feeds().lastFrameMillis(status.market());
      JsonObject feed = MarketState.feed(status)
          .put("reason", status.reason())
          .put("missing", new JsonArray(status.missing().stream().sorted().toList()));
      frame.ifPresent(
          millis -> feed.put("lastFrameMsAgo", Math.max(0, parts.clock().millis() - millis)));
      feeds.add(feed);
    }
    StoreWriter writer = parts.writer();
    long cooldown = parts.provider().cooldownMillis();
    boolean degraded = down || writer.isFailing() || cooldown > 0 || hub.isDegraded();
    return new JsonObject()
        .put("status", degraded ? "degraded" : "ok")
        .put("feeds", feeds)
        .put(
            "store",
            new JsonObject()
                .put("kind", store.kind())
                .put("state", writer.isFailing() ? "failing" : "ok")
                .put("pendingWrites", writer.pending())
                .put("lostWrites", writer.lost()))
        .put("series", hub.activeSeries())
        .put("gaps", hub.gaps())
        .put("parity", parts.meters().parity())
        .put("throttled", cooldown > 0)
        .put("cooldownMs", cooldown);
  }
}
