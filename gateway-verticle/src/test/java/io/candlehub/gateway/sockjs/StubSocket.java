package io.candlehub.gateway.sockjs;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A transport whose writes leave only when the test says so. */
final class StubSocket implements SockJSSocket {
  final List<Buffer> written = new ArrayList<>();
  final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  String closed = "";

  /** Lets everything that waits leave. */
  void drain() {
    while (!waiting.isEmpty()) {
      waiting.removeFirst().complete();
    }
  }

  @Override
  public Future<Void> write(Buffer data) {
    written.add(data);
    Promise<Void> left = Promise.promise();
    waiting.add(left);
    return left.future();
  }

  @Override
  public void close(int statusCode, String reason) {
    closed = statusCode + " " + reason;
  }

  @Override
  public void close() {
    closed = "plain";
  }

  @Override
  public SockJSSocket exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public SockJSSocket handler(Handler<Buffer> handler) {
    return this;
  }

  @Override
  public SockJSSocket pause() {
    return this;
  }

  @Override
  public SockJSSocket resume() {
    return this;
  }

  @Override
  public SockJSSocket fetch(long amount) {
    return this;
  }

  @Override
  public SockJSSocket endHandler(Handler<Void> handler) {
    return this;
  }

  @Override
  public SockJSSocket closeHandler(Handler<Void> handler) {
    return this;
  }

  @Override
  public SockJSSocket setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public SockJSSocket drainHandler(Handler<Void> handler) {
    return this;
  }

  @Override
  public String writeHandlerID() {
    return "";
  }

  @Override
  public Future<Void> end() {
    return Future.succeededFuture();
  }

  @Override
  public SocketAddress remoteAddress() {
    return SocketAddress.inetSocketAddress(1, "127.0.0.1");
  }

  @Override
  public SocketAddress localAddress() {
    return remoteAddress();
  }

  @Override
  public MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public String uri() {
    return "/";
  }

  @Override
  public RoutingContext routingContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session webSession() {
    throw new UnsupportedOperationException();
  }

  @Override
  public User webUser() {
    throw new UnsupportedOperationException();
  }
}
