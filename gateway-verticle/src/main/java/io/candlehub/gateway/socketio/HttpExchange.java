package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * An exchange over Vert.x' HTTP server.
 *
 * <p>Threads: any; works on the loop of the request.
 */
final class HttpExchange implements Exchange {

  private final HttpServerRequest request;
  private final Loop loop;
  private final Runnable beforeAnswer;
  private boolean over;

  /**
   * Wraps a request; on its loop.
   *
   * @param beforeAnswer completes the headers of the response
   */
  HttpExchange(HttpServerRequest request, Loop loop, Runnable beforeAnswer) {
    this.request = request;
    this.loop = loop;
    this.beforeAnswer = beforeAnswer;
  }

  /** Sets what is told, on the request's loop, when the client hangs up before it was answered. */
  void onLost(Runnable handler) {
    request.response().closeHandler(closed -> {
      if (!over) {
        over = true;
        handler.run();
      }
    });
  }

  @Override
  public MultiMap headers() {
    return request.headers();
  }

  @Override
  public Future<Void> answer(HttpAnswer answer) {
    Promise<Void> sent = Promise.promise();
    loop.run(() -> write(answer, sent));
    return sent.future();
  }

  @Override
  public void cut() {
    loop.run(() -> {
      over = true;
      HardClose.of(request.connection());
    });
  }

  private void write(HttpAnswer answer, Promise<Void> sent) {
    HttpServerResponse response = request.response();
    if (over || response.ended() || response.closed()) {
      sent.fail(new IllegalStateException("request has ended"));
      return;
    }
    over = true;
    beforeAnswer.run();
    response
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        .putHeader("Cache-Control", "no-store");
    if (answer.last() && request.version() != HttpVersion.HTTP_2) {
      response.putHeader("Connection", "close");
    }
    response.end(answer.body()).onComplete(sent);
  }
}
