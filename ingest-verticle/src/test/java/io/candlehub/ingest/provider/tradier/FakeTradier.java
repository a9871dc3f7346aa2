package io.candlehub.ingest.provider.tradier;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The provider on a loopback port: answers by path, XML unless JSON is asked for, and gives out streaming sessions, each
 * good for one socket, of which there is one at a time.
 */
final class FakeTradier {
  static final String TOKEN = "t-o-k-e-n";
  static final String SESSION = "/v1/markets/events/session";

  private final Vertx vertx;
  private final Map<String, Handler<HttpServerRequest>> manners = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<String> unused = ConcurrentHashMap.newKeySet();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private final BlockingQueue<JsonObject> wishes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Asked> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<ServerWebSocket> closed = new LinkedBlockingQueue<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private HttpServer server;

  /**
   * A request that arrived.
   *
   * @param headers by their names in lower case
   */
  record Asked(String method, String uri, Map<String, String> headers, String body) {}

  FakeTradier(Vertx vertx) {
    this.vertx = vertx;
    manners.put(SESSION, request -> {
      String id = "session-" + sessions.incrementAndGet();
      unused.add(id);
      request
          .response()
          .end(new JsonObject()
              .put("stream", new JsonObject().put("url", "https://unused").put("sessionid", id))
              .encode());
    });
  }

  void start() {
    server = vertx
        .createHttpServer()
        .requestHandler(this::handle)
        .webSocketHandler(this::accept)
        .listen(0, "127.0.0.1")
        .await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/v1";
  }

  int port() {
    return server.actualPort();
  }

  String wsUrl() {
    return "ws://127.0.0.1:" + server.actualPort() + "/v1";
  }

  /** Sets how a path answers. */
  void answer(String path, Handler<HttpServerRequest> manner) {
    manners.put(path, manner);
  }

  /** Sets what a path answers. */
  void answer(String path, String body) {
    answer(path, 200, body);
  }

  /** Sets what a path answers. */
  void answer(String path, int status, String body) {
    manners.put(path, request -> request.response().setStatusCode(status).end(body));
  }

  /** Returns the requests so far. */
  List<Asked> asked() {
    return asked;
  }

  /** Returns the requests of a path so far. */
  List<Asked> asked(String path) {
    return asked.stream().filter(each -> each.uri().startsWith(path)).toList();
  }

  int sessions() {
    return sessions.get();
  }

  int connections() {
    return sockets.size();
  }

  int open() {
    return open.get();
  }

  /** Returns how many sockets were open at the same time at most. */
  int peak() {
    return peak.get();
  }

  ServerWebSocket last() {
    return sockets.get(sockets.size() - 1);
  }

  void send(String message) {
    last().writeTextMessage(message);
  }

  /** Waits until a request arrives that was not waited for yet. */
  Asked nextAsked() throws InterruptedException {
    return next(arrivals);
  }

  /** Waits until a socket is closed that was not waited for yet. */
  void awaitClosed() throws InterruptedException {
    next(closed);
  }

  /** Returns the next message of the client. */
  JsonObject nextWish() throws InterruptedException {
    return next(wishes);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T found = queue.poll(5, TimeUnit.SECONDS);
    if (found == null) {
      throw new AssertionError("nothing arrived");
    }
    return found;
  }

  private void handle(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      Map<String, String> headers = new ConcurrentHashMap<>();
      request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      Asked arrived = new Asked(request.method().name(), request.uri(), headers, body.toString());
      asked.add(arrived);
      arrivals.add(arrived);
      Handler<HttpServerRequest> manner = manners.get(request.path());
      if (!("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
        request.response().setStatusCode(401).end("Invalid Access Token");
      } else if (manner == null) {
        request.response().setStatusCode(404).end("Not Found");
      } else if (!"application/json".equals(request.getHeader("Accept"))) {
        request.response().end(Payloads.text("answer.xml"));
      } else {
        manner.handle(request);
      }
    });
  }

  private void accept(ServerWebSocket socket) {
    if (socket.headers().contains("Origin") || !socket.path().equals("/v1/markets/events")) {
      throw new IllegalStateException("no such address for programs: " + socket.path());
    }
    sockets.add(socket);
    peak.accumulateAndGet(open.incrementAndGet(), Math::max);
    socket.closeHandler(gone -> {
      open.decrementAndGet();
      closed.add(socket);
    });
    AtomicReference<String> joined = new AtomicReference<>("");
    socket.textMessageHandler(text -> {
      JsonObject wish = new JsonObject(text);
      String id = wish.getString("sessionid");
      boolean known = joined.get().isEmpty() ? unused.remove(id) : joined.get().equals(id);
      if (known) {
        joined.set(id);
        sockets.stream().filter(other -> other != socket).forEach(ServerWebSocket::close);
        wishes.add(wish);
      } else {
        socket.writeTextMessage("{\"error\":\"Session not found\"}");
        socket.close();
      }
    });
  }
}
