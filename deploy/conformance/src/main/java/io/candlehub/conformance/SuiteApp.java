package io.candlehub.conformance;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** A server that one of the public suites expects. */
@FunctionalInterface
interface SuiteApp {

  /** Adds the server to a router; called on the event loop that will serve it. */
  void mount(Router router, Vertx vertx);
}
