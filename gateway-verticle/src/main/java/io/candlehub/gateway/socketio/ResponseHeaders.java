package io.candlehub.gateway.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** Completes the headers of the responses of an {@link EngineServer}. */
@FunctionalInterface
public interface ResponseHeaders {

  /**
   * Completes the headers of one response; called on the event loop of the request, before the head is written.
   *
   * @param request the request that is answered
   * @param headers the headers of its response so far
   * @param first whether the response opens a session
   */
  void complete(HttpServerRequest request, MultiMap headers, boolean first);
}
