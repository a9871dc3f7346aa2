package io.candlehub.ingest.provider.massive;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A loopback HTTP server whose answers a test decides. */
final class FakeRest {
  private final Vertx vertx;
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Handler<HttpServerRequest> manner =
      request -> request.response().end("{}");
  private HttpServer server;

  FakeRest(Vertx vertx) {
    this.vertx = vertx;
  }

  void start() {
    server = vertx
        .createHttpServer(new HttpServerOptions().setCompressionSupported(true))
        .requestHandler(request -> {
          requests.add(request);
          manner.handle(request);
        })
        .listen(0, "127.0.0.1")
        .await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  void answer(Handler<HttpServerRequest> newManner) {
    manner = newManner;
  }

  void answer(int status, String body) {
    manner = request -> request.response().setStatusCode(status).end(body);
  }

  List<HttpServerRequest> requests() {
    return requests;
  }
}
