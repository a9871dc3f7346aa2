package io.candlehub.bench;

import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;

/** The event-bus bridge as Vert.x ships it, on one event loop. A stream's address is its symbol. */
final class BridgePeer extends VerticlePeer {
  @Override
  HttpServer server() {
    SockJSBridgeOptions streams = new SockJSBridgeOptions()
        .addOutboundPermitted(new PermittedOptions().setAddressRegex("BENCH\\d+"));
    Router router = Router.router(vertx);
    router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(streams));
    return vertx.createHttpServer().requestHandler(router);
  }

  @Override
  public void publish(String stream, long seq, String json) {
    vertx.eventBus().publish(stream, new JsonObject(json));
  }
}
