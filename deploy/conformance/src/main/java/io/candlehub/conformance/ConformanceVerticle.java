package io.candlehub.conformance;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/**
 * One application on one event loop: several suites send requests that belong together over two connections at the same
 * moment, and only a single loop handles them in the order of arrival.
 */
final class ConformanceVerticle extends VerticleBase {
  /** More than any suite sends in a frame, so that the engine's limits decide and not the server's. */
  private static final int FRAME_BYTES = 32 << 20;

  private static final int COMPRESSED_FROM_BYTES = 1_024;

  private final SuiteApp app;
  private final String host;
  private final int wantedPort;
  private volatile int port;

  ConformanceVerticle(SuiteApp app, String host, int wantedPort) {
    this.app = app;
    this.host = host;
    this.wantedPort = wantedPort;
  }

  /** Returns the port that is bound, once the verticle is deployed; safe on any thread. */
  int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    app.mount(router, vertx);
    return vertx
        .createHttpServer(options())
        .requestHandler(router)
        .listen(wantedPort, host)
        .onSuccess(server -> port = server.actualPort());
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setHttp2ClearTextEnabled(false)
        .setMaxWebSocketFrameSize(FRAME_BYTES)
        .setMaxWebSocketMessageSize(FRAME_BYTES)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setStrictThreadMode(true)
        .setCompressionSupported(true)
        .setCompressionContentSizeThreshold(COMPRESSED_FROM_BYTES);
  }
}
