package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine without Socket.IO. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EngineServerTest {

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private EngineServer engine;
  private WebClient web;
  private int port;

  @BeforeEach
  void start() throws Exception {
    engine = new EngineServer(
            vertx,
            SocketIoOptions.defaults().withPath("/engine.io/"),
            InstantSource.fixed(Instant.EPOCH),
            EngineListener.NONE)
        .onSession(this::greet)
        .authorise(EngineServerTest::judge)
        .onHeaders((request, headers, first) -> {
          if (request.getParam("fault") != null) {
            throw new IllegalStateException("made by the test");
          }
          headers.add("X-Echo", request.headers().getAll("X-Echo"));
          if (first) {
            headers.add("Set-Cookie", "1=1").add("Set-Cookie", "2=2");
          }
        });
    Router router = Router.router(vertx);
    router.route("/engine.io/*").handler(engine::handle);
    HttpServer server = LoopbackServer.await(
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    port = server.actualPort();
    web = WebClient.create(vertx);
  }

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldEchoOverBothTransports() throws Exception {
    HttpResponse<Buffer> opened = get("");
    assertThat(opened.bodyAsString()).startsWith("0{").endsWith("}");
    String sid = "&sid=" + new JsonObject(opened.bodyAsString().substring(1)).getString("sid");
    assertThat(get(sid).bodyAsString()).isEqualTo("4hi from polling");
    post(sid, "4text\u001ebYmM=\u001e4headers");
    String[] answers = get(sid).bodyAsString().split("\u001e");
    assertThat(answers).startsWith("4text", "bYmM=");
    assertThat(answers[2]).isEqualTo("4posted");
    post(sid, "4end");
    assertThat(get(sid).bodyAsString()).isEqualTo("1");
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.FORCED_CLOSE);
    TestClient socket = connect("transport=websocket&EIO=4");
    assertThat(socket.next()).startsWith("0{");
    assertThat(socket.next()).isEqualTo("4hi from websocket");
    socket.send("4text");
    assertThat(socket.next()).isEqualTo("4text");
    socket.send(Buffer.buffer(new byte[] {1}));
    assertThat(socket.next()).isEqualTo("hex:01");
  }

  @Test
  void shouldCompleteHeadersOfEveryResponse() throws Exception {
    HttpResponse<Buffer> opened = get("");
    assertThat(opened.headers().getAll("Set-Cookie")).containsExactly("1=1", "2=2");
    String sid = "&sid=" + new JsonObject(opened.bodyAsString().substring(1)).getString("sid");
    HttpResponse<Buffer> next = get(sid);
    assertThat(next.headers().getAll("Set-Cookie")).isEmpty();
    assertThat(next.headers().getAll("X-Echo")).containsExactly("a", "b");
    assertThat(get("&fault=1").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAskTheApplicationWhoMayCome() throws Exception {
    assertThat(refused("&deny=1")).isEqualTo("403 {\"code\":4,\"message\":\"not you\"}");
    assertThat(refused("&deny=fault")).isEqualTo("403 {\"code\":4,\"message\":\"Forbidden\"}");
    assertThat(get("&deny=late").statusCode()).isEqualTo(200);
    try {
      connect("transport=websocket&EIO=4&deny=1");
      assertThat(false).as("refused").isTrue();
    } catch (ExecutionException e) {
      UpgradeRejectedException refusal = (UpgradeRejectedException) e.getCause();
      assertThat(refusal.getStatus()).isEqualTo(400);
      assertThat(refusal.getBody()).hasToString("not you");
    }
    TestClient late = connect("transport=websocket&EIO=4&deny=late");
    assertThat(late.next()).startsWith("0{");
  }

  private static Future<Void> judge(Handshake handshake) {
    String deny = String.valueOf(handshake.query().get("deny"));
    return switch (deny) {
      case "1" -> Future.failedFuture(new ConnectRefusedException("not you", new JsonObject()));
      case "fault" -> throw new IllegalStateException("secret");
      case "late" -> late();
      default -> Future.succeededFuture();
    };
  }

  /** Decides on another thread. */
  private static Future<Void> late() {
    Promise<Void> decision = Promise.promise();
    CompletableFuture.runAsync(
            decision::complete, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS))
        .exceptionally(e -> null);
    return decision.future();
  }

  private void greet(EngineSocket socket) {
    socket.send("hi from " + socket.transport());
    socket.onBinary(socket::send);
    socket.onClose(ended::complete);
    socket.onText(text -> {
      if (text.equals("headers")) {
        socket.send(String.valueOf(socket.carrierHeaders().get("X-Posted")));
      } else if (text.equals("end")) {
        socket.close();
      } else {
        socket.send(text);
      }
    });
  }

  private HttpResponse<Buffer> get(String query) throws Exception {
    return LoopbackServer.await(web.get(port, "127.0.0.1", uri(query))
        .putHeader("X-Echo", List.of("a", "b"))
        .send());
  }

  private String refused(String query) throws Exception {
    return PollingClient.shown(get(query));
  }

  private void post(String sid, String body) throws Exception {
    HttpResponse<Buffer> response = LoopbackServer.await(web.post(port, "127.0.0.1", uri(sid))
        .putHeader("X-Posted", "posted")
        .sendBuffer(Buffer.buffer(body)));
    assertThat(PollingClient.shown(response)).isEqualTo("200 ok");
  }

  private TestClient connect(String query) throws Exception {
    return TestClient.connect(vertx, port, "/engine.io/?" + query);
  }

  private static String uri(String query) {
    return "/engine.io/?EIO=4&transport=polling" + query;
  }
}
