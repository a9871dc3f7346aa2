package io.candlehub.redis;

import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutCarrierContract;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract, between nodes of which each has its own Vert.x. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisCarrierTest extends FanoutCarrierContract {
  @TempDir
  static Path folder;

  private final List<RedisNode> nodes = new ArrayList<>();
  private RedisProcess redis;

  /** Starts the server to test with. */
  RedisProcess server(Path files) throws IOException {
    return new RedisProcess(files);
  }

  @BeforeAll
  void startRedis() throws IOException {
    redis = server(folder);
  }

  @AfterAll
  void stopRedis() {
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
    nodes.clear();
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
