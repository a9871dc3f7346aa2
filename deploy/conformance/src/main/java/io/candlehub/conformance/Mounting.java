package io.candlehub.conformance;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;

/** Puts an engine on a router as the suites reach it: from any origin. */
final class Mounting {
  private Mounting() {}

  /** Adds a handler for a path that ends with {@code /} and for everything below it. */
  static void add(Router router, String path, Handler<RoutingContext> engine) {
    router.route(path + "*").handler(CorsHandler.create()).handler(engine);
  }
}
