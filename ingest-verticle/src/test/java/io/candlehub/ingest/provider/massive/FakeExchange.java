package io.candlehub.ingest.provider.massive;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A small exchange on a loopback WebSocket whose manners a test can change. */
final class FakeExchange {
  static final String AUTHENTICATED = status("auth_success", "authenticated");

  private final Vertx vertx;
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private HttpServer server;
  private volatile Consumer<ServerWebSocket> greeting =
      socket -> socket.writeTextMessage(status("connected", "Connected Successfully"));
  private volatile Consumer<ServerWebSocket> onAuth =
      socket -> socket.writeTextMessage(AUTHENTICATED);
  private volatile BiConsumer<ServerWebSocket, String> onSubscribe = FakeExchange::acknowledge;

  FakeExchange(Vertx vertx) {
    this.vertx = vertx;
  }

  void start() {
    server = vertx
        .createHttpServer()
        .webSocketHandler(this::accept)
        .listen(0, "127.0.0.1")
        .await();
  }

  String url() {
    return "ws://127.0.0.1:" + server.actualPort();
  }

  void greet(Consumer<ServerWebSocket> manner) {
    greeting = manner;
  }

  void onAuth(Consumer<ServerWebSocket> manner) {
    onAuth = manner;
  }

  void onSubscribe(BiConsumer<ServerWebSocket, String> manner) {
    onSubscribe = manner;
  }

  int connections() {
    return sockets.size();
  }

  /** Returns how many connections are open now. */
  int open() {
    return open.get();
  }

  /** Returns how many connections were open at the same time at most. */
  int peak() {
    return peak.get();
  }

  ServerWebSocket last() {
    return sockets.get(sockets.size() - 1);
  }

  /** Sends a frame on the last connection of a market. */
  void send(String market, String frame) {
    List<ServerWebSocket> all = List.copyOf(sockets);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).path().equals("/" + market)) {
        all.get(i).writeTextMessage(frame);
        return;
      }
    }
    throw new AssertionError("no connection to " + market);
  }

  void send(String frame) {
    last().writeTextMessage(frame);
  }

  /** Returns the next request as {@code path action params}. */
  String nextRequest() throws InterruptedException {
    String request = requests.poll(5, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request arrived");
    }
    return request;
  }

  /** Returns the path of the next connection that is closed. */
  String nextClosed() throws InterruptedException {
    return String.valueOf(closed.poll(5, TimeUnit.SECONDS));
  }

  static String status(String status, String message) {
    return "[" + statusObject(status, message) + "]";
  }

  static String statusObject(String status, String message) {
    return new JsonObject()
        .put("ev", "status")
        .put("status", status)
        .put("message", message)
        .encode();
  }

  static void acknowledge(ServerWebSocket socket, String params) {
    StringBuilder frame = new StringBuilder("[");
    for (String topic : params.split(",", -1)) {
      frame
          .append(frame.length() > 1 ? "," : "")
          .append(statusObject("success", "subscribed to: " + topic));
    }
    socket.writeTextMessage(frame.append("]").toString());
  }

  static String second(String symbol, long startMillis, double price) {
    return "[{\"ev\":\"A\",\"sym\":\"" + symbol + "\",\"v\":10,\"av\":100,\"o\":" + price
        + ",\"c\":"
        + price + ",\"h\":" + price + ",\"l\":" + price + ",\"s\":" + startMillis + ",\"e\":"
        + (startMillis + 1_000) + "}]";
  }

  private void accept(ServerWebSocket socket) {
    if (socket.headers().contains("Origin")) {
      throw new IllegalStateException("a program must not pretend to be a web page");
    }
    sockets.add(socket);
    peak.accumulateAndGet(open.incrementAndGet(), Math::max);
    socket.closeHandler(nothing -> {
      open.decrementAndGet();
      closed.add(socket.path());
    });
    socket.textMessageHandler(text -> {
      JsonObject json = new JsonObject(Buffer.buffer(text));
      String action = json.getString("action");
      String params = json.getString("params");
      requests.add(socket.path() + " " + action + " " + params);
      if (action.equals("auth")) {
        onAuth.accept(socket);
      } else if (action.equals("subscribe")) {
        onSubscribe.accept(socket, params);
      }
    });
    greeting.accept(socket);
  }
}
