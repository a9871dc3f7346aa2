package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.contract.BusWatch;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.TopicChange;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.IngestVerticle;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A provider and a watched bus on which ingest is deployed, and what reaches a hub node. */
final class IngestFixture implements AutoCloseable {
  static final long TEN = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();

  final Vertx vertx = Vertx.vertx();
  final FakeExchange exchange = new FakeExchange(vertx);
  final FakeRest rest = new FakeRest(vertx);
  final BlockingQueue<FeedBatch> inbox = new LinkedBlockingQueue<>();
  private final BusWatch bus = BusWatch.over(
      vertx.eventBus(), to -> to.startsWith("ingest.") && !to.startsWith("ingest.demand."));

  private long reports;

  IngestFixture(String hubNode) {
    BusCodecs.register(vertx);
    exchange.start();
    rest.start();
    collect(hubNode, inbox);
  }

  /** Collects what is sent to a hub node. */
  void collect(String hubNode, BlockingQueue<FeedBatch> batches) {
    vertx
        .eventBus()
        .<FeedParcel>consumer(
            Addresses.hubInbox(hubNode),
            message -> batches.addAll(message.body().batches()));
  }

  IngestConfig config() {
    return IngestConfig.from(Map.of(
        "massive.api-key", "test-key",
        "massive.ws-url", exchange.url(),
        "massive.rest-url", rest.url()));
  }

  /** Returns the id of the deployment. */
  String deploy(IngestVerticle verticle) {
    return vertx.deployVerticle(verticle).await();
  }

  Object request(String address, Object body) {
    return vertx.eventBus().request(address, body).await().body();
  }

  /** Sets all that a hub node wants. */
  Object demand(String node, String... topics) {
    reports++;
    TopicChange whole = new TopicChange(TopicChange.EMPTY, reports, List.of(topics), List.of());
    return request(
        Addresses.INGEST_DEMAND,
        new DemandReport("hub-1", node, reports, true, false, 0, Map.of(DemandReport.OTHERS, whole))
            .toJson());
  }

  /** Returns a question for one minute of history. */
  static JsonObject minutes() {
    return new JsonObject()
        .put("symbol", "SPY")
        .put("unit", "minute")
        .put("from", TEN)
        .put("to", TEN + 60_000)
        .put("priority", "chart");
  }

  @Override
  public void close() {
    vertx.close().await();
    bus.check();
  }
}
