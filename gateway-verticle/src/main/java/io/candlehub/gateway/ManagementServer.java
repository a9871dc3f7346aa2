package io.candlehub.gateway;

import io.candlehub.gateway.access.AccessHandler;
import io.candlehub.gateway.access.AccessRules;
import io.candlehub.gateway.rest.NodeRoutes;
import io.candlehub.gateway.rest.RestFailures;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management port: health and metrics without tokens, for whoever can reach it. The rules on hosts and origins hold
 * here too. Confined to the gateway's event loop.
 */
final class ManagementServer {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
  private static final int IDLE_SECONDS = 60;

  private final ManagementConfig config;
  private final HttpServer server;
  private final Router router;

  ManagementServer(Vertx vertx, ManagementConfig config) {
    this.config = config;
    this.router = Router.router(vertx);
    this.server = vertx
        .createHttpServer(new HttpServerOptions()
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setHttp2ClearTextEnabled(false)
            .setStrictThreadMode(true)
            .setCompressionSupported(true))
        .requestHandler(router);
  }

  /**
   * Listens, if that is wanted.
   *
   * @param routes what is served
   * @param allowedHosts hosts that requests may name beside the own address
   * @param meters where refusals are counted
   */
  Future<Void> listen(NodeRoutes routes, List<String> allowedHosts, MeterRegistry meters) {
    if (!config.isOn()) {
      return Future.succeededFuture();
    }
    return server
        .listen(config.port(), config.bindHost())
        .recover(failure -> Future.failedFuture(config.taken()))
        .map(bound -> {
          AccessRules rules =
              AccessRules.ofManagement(config.host(), bound.actualPort(), allowedHosts);
          new RestFailures().mount(router);
          router.route().handler(new AccessHandler(rules, List.of(), meters));
          routes.mountOpen(router);
          routes.mount(router, RoutingContext::next);
          router.route().handler(ctx -> ctx.fail(404));
          LOG.info("management listens [host: {}, port: {}]", config.host(), bound.actualPort());
          if (!config.isOnLoopback()) {
            LOG.warn("metrics need no token [setting: management.host, host: {}]", config.host());
          }
          return null;
        });
  }

  /** Returns the port that is bound. */
  int port() {
    return server.actualPort();
  }

  Future<Void> close() {
    return server.close();
  }
}
