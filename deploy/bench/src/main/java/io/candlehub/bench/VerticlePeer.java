package io.candlehub.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;

/** A server made with Vert.x, on one event loop. */
abstract class VerticlePeer extends VerticleBase implements FanoutPeer {
  private HttpServer server;

  /** Returns the server, not listening yet. */
  abstract HttpServer server();

  @Override
  public final int listen() {
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(this)
        .await();
    return server.actualPort();
  }

  @Override
  public final Future<?> start() {
    server = server();
    return server.listen(0, "127.0.0.1");
  }
}
