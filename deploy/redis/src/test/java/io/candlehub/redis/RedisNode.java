package io.candlehub.redis;

import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.Heard;
import io.candlehub.model.MarketDescriptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A node's carrier on its own Vert.x, with counts of what its listener was told. */
final class RedisNode implements AutoCloseable, FanoutCarrier.Listener {
  static final MarketDescriptor LIVE =
      new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "test");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger restored = new AtomicInteger();
  private final RedisCarrier carrier;

  RedisNode(String uri) {
    this(Map.of("fanout.mode", "redis", "redis.uri", uri), LIVE);
  }

  RedisNode(Map<String, String> settings, MarketDescriptor market) {
    carrier =
        RedisCarrier.open(vertx, RedisConfig.from(settings), market, meters).await();
    carrier.listen(this);
  }

  Vertx vertx() {
    return vertx;
  }

  RedisCarrier carrier() {
    return carrier;
  }

  Heard hear(String address) throws Exception {
    Heard heard = new Heard(carrier, address);
    heard.subscription().completion().await(10, TimeUnit.SECONDS);
    return heard;
  }

  void publish(String address, int number) {
    carrier.publish(
        address,
        new JsonObject().put("n", number).toBuffer(),
        MultiMap.caseInsensitiveMultiMap().add("seq", Integer.toString(number)));
  }

  int lostTimes() {
    return lost.get();
  }

  int restoredTimes() {
    return restored.get();
  }

  /** Sends a command to the server over a connection of its own. */
  Response ask(String uri, Command command, String... arguments) {
    Redis client = Redis.createClient(vertx, uri);
    try {
      Request request = Request.cmd(command);
      List.of(arguments).forEach(request::arg);
      return client.send(request).await();
    } finally {
      client.close().await();
    }
  }

  double counted(String meter, String... tags) {
    return meters
        .get("candlehub.carrier." + meter)
        .tags(tags)
        .meter()
        .measure()
        .iterator()
        .next()
        .getValue();
  }

  @Override
  public void lost() {
    lost.incrementAndGet();
  }

  @Override
  public void restored() {
    restored.incrementAndGet();
  }

  @Override
  public void close() {
    carrier.close().await();
    vertx.close().await();
  }
}
