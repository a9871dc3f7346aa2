package io.candlehub.bench;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.SingleNode;
import io.candlehub.demand.DemandReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Answers the gateway's commands as the hub does and publishes updates that others made, at any rate. */
final class StandInHub extends VerticleBase {
  private static final long REPORT_MILLIS = 5_000;

  private final Map<String, Long> positions = new HashMap<>();

  @Override
  public Future<?> start() {
    vertx.setPeriodic(REPORT_MILLIS, id -> vertx.eventBus().publish(Addresses.STATUS, status()));
    return Future.all(
        vertx
            .eventBus()
            .<JsonObject>consumer(Addresses.COMMAND_CHART, this::chart)
            .completion(),
        vertx
            .eventBus()
            .<JsonObject>consumer(
                Addresses.hubLease(SingleNode.NODE_ID),
                message -> message.reply(DemandReport.answer(true)))
            .completion(),
        vertx
            .eventBus()
            .<JsonObject>consumer(Addresses.COMMAND_STATUS, message -> message.reply(status()))
            .completion());
  }

  private void chart(Message<JsonObject> question) {
    String symbol = question.body().getString("symbol");
    long seq = positions.getOrDefault(symbol, 0L);
    question.reply(
        ChartUpdates.snapshot(symbol, seq), headers("snapshot", seq).addHeader("demand", "live"));
  }

  /** Publishes an update; may be called on any thread. */
  void publish(String symbol, long seq, String json) {
    context.runOnContext(now -> {
      positions.put(symbol, seq);
      vertx
          .eventBus()
          .publish(
              Addresses.chart(ChartUpdates.key(symbol)),
              Buffer.buffer(json),
              headers("update", seq).addHeader("fromSeq", Long.toString(seq - 1)));
    });
  }

  private static DeliveryOptions headers(String kind, long seq) {
    return new DeliveryOptions()
        .addHeader("kind", kind)
        .addHeader("epoch", ChartUpdates.EPOCH)
        .addHeader("seq", Long.toString(seq));
  }

  private static JsonObject status() {
    long now = System.currentTimeMillis();
    return new JsonObject()
        .put("market", "open")
        .put("marketMillis", now)
        .put("speed", 1)
        .put("simulated", true)
        .put("mode", "synthetic")
        .put("marketId", "bench")
        .put("provider", "massive")
        .put("feeds", new JsonArray());
  }
}
