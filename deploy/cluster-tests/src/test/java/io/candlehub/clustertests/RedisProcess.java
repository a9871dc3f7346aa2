package io.candlehub.clustertests;

import io.candlehub.launcher.FreePort;
import java.io.IOException;
import redis.embedded.RedisServer;

/** A Redis server on a loopback port that can be stopped and started again there; it keeps nothing. */
final class RedisProcess implements AutoCloseable {
  private final int port = FreePort.find();
  private final RedisServer server;

  /** Starts a server. */
  RedisProcess() throws IOException {
    server = RedisServer.newRedisServer()
        .port(port)
        .bind("127.0.0.1")
        .setting("save \"\"")
        .build();
    start();
  }

  int port() {
    return port;
  }

  void start() throws IOException {
    server.start();
  }

  void stop() throws IOException {
    server.stop();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
