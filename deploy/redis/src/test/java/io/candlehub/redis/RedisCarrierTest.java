package io.candlehub.redis;

import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutCarrierContract;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, between nodes of which each has its own Vert.x. */
class RedisCarrierTest extends FanoutCarrierContract {
  @TempDir
  static Path folder;

  private static RedisProcess redis;

  private final List<RedisNode> nodes = new ArrayList<>();

  @BeforeAll
  static void startRedis() throws Exception {
    redis = new RedisProcess(folder);
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    for (int node = 0; node < 3; node++) {
      nodes.add(new RedisNode(redis.uri()));
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(RedisNode::close);
  }

  @Override
  protected FanoutCarrier publisher() {
    return nodes.get(0).carrier();
  }

  @Override
  protected FanoutCarrier listener() {
    return nodes.get(1).carrier();
  }

  @Override
  protected FanoutCarrier otherListener() {
    return nodes.get(2).carrier();
  }

  @Override
  protected Vertx vertx() {
    return nodes.get(1).vertx();
  }
}
