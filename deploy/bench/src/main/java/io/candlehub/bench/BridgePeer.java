package io.candlehub.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;

/** The event-bus bridge as Vert.x ships it, on one event loop. A stream's address is its symbol. */
final class BridgePeer extends VerticleBase implements FanoutPeer {
  private HttpServer server;

  @Override
  public int listen() {
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(this)
        .await();
    return server.actualPort();
  }

  @Override
  public Future<?> start() {
    SockJSBridgeOptions streams = new SockJSBridgeOptions()
        .addOutboundPermitted(new PermittedOptions().setAddressRegex("BENCH\\d+"));
    Router router = Router.router(vertx);
    router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(streams));
    server = vertx.createHttpServer().requestHandler(router);
    return server.listen(0, "127.0.0.1");
  }

  @Override
  public void publish(String stream, long seq, String json) {
    vertx.eventBus().publish(stream, new JsonObject(json));
  }
}
