package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.CarrierState;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.IngestLink;
import io.candlehub.cluster.Cluster;
import io.candlehub.hub.history.DataStore.StoreHealth;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.feed.FeedStatus;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Tells clients the market's status and operators the health of feeds and store. Confined to the hub's event loop. */
final class StatusCommands {
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PROVIDERS_TIMEOUT = Duration.ofMillis(500);
  private static final String DEGRADED = "degraded";

  private final Cluster cluster;
  private final EventBus bus;
  private final FanoutCarrier carrier;
  private final IngestLink ingest;
  private final Hub hub;
  private final SeriesParts parts;
  private int looks;
  private Scheduler.Cancellable next = () -> {};

  StatusCommands(Hub hub, SeriesParts parts, Surroundings around) {
    this.cluster = around.cluster;
    this.bus = around.bus;
    this.carrier = around.carrier;
    this.ingest = around.ingest;
    this.hub = hub;
    this.parts = parts;
  }

  /**
   * What is outside the hub.
   *
   * @param bus where the status is published
   * @param cluster this node's
   * @param carrier brings updates to gateways
   * @param ingest knows how the provider's accounts do
   */
  record Surroundings(EventBus bus, Cluster cluster, FanoutCarrier carrier, IngestLink ingest) {}

  /** Begins to publish the status on every change and every few seconds. */
  void start() {
    parts.data().updateMarketState(parts.market().phase());
    hub.onStatus(this::publish);
    look();
  }

  void stop() {
    next.cancel();
  }

  private void look() {
    next = parts.scheduler().after(LOOK, () -> {
      parts.meters().levels(activeSeries(), gaps(), parts.data().getHealth().pendingWrites());
      parts.meters().contracts(hub.chains().live().size(), hub.chains().cut());
      parts.hops().demand(hub.ledger().topics(), hub.ledger().owners());
      SessionPhase phase = parts.market().phase();
      boolean changed = phase != parts.data().getMarketState().phase();
      looks++;
      if (changed) {
        hub.phaseChanged();
      }
      hub.chains().watchSessions();
      if (changed || looks * LOOK.toMillis() >= REPEAT.toMillis()) {
        publish();
      }
      look();
    });
  }

  private int activeSeries() {
    return (int) hub.all().stream().filter(LiveSeries::isActive).count();
  }

  private int gaps() {
    return hub.all().stream()
        .filter(LiveSeries::isActive)
        .mapToInt(live -> live.gaps())
        .sum();
  }

  /** Returns true if a demanded series misses something that the history does not give. */
  private boolean isStarved() {
    return hub.all().stream().anyMatch(live -> live.isActive() && live.isStarved());
  }

  private void publish() {
    looks = 0;
    parts.data().updateMarketState(parts.market().phase());
    if (parts.shards().speaks()) {
      bus.publish(Addresses.STATUS, status());
    }
  }

  /** Returns the market's status. */
  JsonObject status() {
    return parts.market().status();
  }

  /** Returns the health of this node's feeds, store and carrier, and of the provider's accounts if ingest tells. */
  Future<JsonObject> health() {
    JsonObject health = own();
    return ingest
        .<JsonObject>request(Addresses.INGEST_PROVIDERS, new JsonObject(), PROVIDERS_TIMEOUT)
        .timeout(PROVIDERS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .map(answer -> withProviders(health, answer.body().getJsonArray("providers")))
        .otherwise(health);
  }

  private static JsonObject withProviders(JsonObject health, JsonArray providers) {
    for (Object each : providers) {
      if (each instanceof JsonObject provider && !provider.getBoolean("healthy")) {
        health.put("status", DEGRADED);
      }
    }
    return providers.isEmpty() ? health : health.put("providers", providers);
  }

  private JsonObject own() {
    boolean down = false;
    JsonArray feeds = new JsonArray();
    for (FeedStatus status : parts.feeds().all()) {
      boolean replaced =
          status.state() == FeedStatus.State.STREAMING && !status.reason().isEmpty();
      down |= replaced || parts.feeds().isDown(status.market());
      OptionalLong frame = parts.feeds().lastFrameMillis(status.market());
      JsonObject feed = MarketState.feed(status)
          .put("reason", status.reason())
          .put("missing", new JsonArray(status.missing().stream().sorted().toList()));
      frame.ifPresent(
          millis -> feed.put("lastFrameMsAgo", Math.max(0, parts.clock().millis() - millis)));
      feeds.add(feed);
    }
    StoreHealth store = parts.data().getHealth();
    long cooldown = parts.provider().cooldownMillis();
    CarrierState carried = carrier.state();
    boolean degraded = down
        || store.failing()
        || cooldown > 0
        || isStarved()
        || !carried.connected()
        || cluster.isFenced();
    return new JsonObject()
        .put("status", degraded ? DEGRADED : "ok")
        .put("node", cluster.nodeId())
        .put("shards", parts.shards().all().length)
        .put("feeds", feeds)
        .put(
            "store",
            new JsonObject()
                .put("kind", store.kind())
                .put("state", store.failing() ? "failing" : "ok")
                .put("pendingWrites", store.pendingWrites())
                .put("lostWrites", store.lostWrites()))
        .put("carrier", carried.toJson())
        .put("series", activeSeries())
        .put("gaps", gaps())
        .put("parity", parts.meters().parity())
        .put("throttled", cooldown > 0)
        .put("cooldownMs", cooldown);
  }
}
