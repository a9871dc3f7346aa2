package io.candlehub.conformance;

import io.candlehub.gateway.socketio.SocketIoOptions;
import io.candlehub.gateway.socketio.StrictWebSocket;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the conformance cases of WebSocket expect: an echo of every message, on any path. */
final class WebSocketEchoApp implements SuiteApp {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketEchoApp.class);
  private static final int UPGRADE_REQUIRED = 426;
  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private static final int WRITE_QUEUE_BYTES = 64 << 20;

  @Override
  public void mount(Router router, Vertx vertx) {
    SocketIoOptions options =
        SocketIoOptions.defaults().withSizes(MAX_MESSAGE_BYTES, WRITE_QUEUE_BYTES);
    router.route().handler(ctx -> echo(ctx, vertx, options));
  }

  private static void echo(RoutingContext ctx, Vertx vertx, SocketIoOptions options) {
    if (!ctx.request().canUpgradeToWebSocket()) {
      ctx.response()
          .setStatusCode(UPGRADE_REQUIRED)
          .putHeader("Upgrade", "websocket")
          .end();
      return;
    }
    StrictWebSocket.accept(vertx, ctx.request(), options)
        .onSuccess(socket -> socket.onText(socket::send).onBinary(socket::send))
        .onFailure(e -> LOG.debug("upgrade failed [cause: {}]", e.toString()));
  }
}
