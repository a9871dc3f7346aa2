package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SocketIoServerTest {

  private static final SocketIoOptions OPTIONS =
      SocketIoOptions.defaults().withSizes(10_000, 64 * 1024);

  private final Vertx vertx = Vertx.vertx();
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.start(
        vertx, OPTIONS, new HttpServerOptions().setMaxWebSocketFrameSize(20_000));
    server.io().namespace("/").onConnect(socket -> {
      socket.emit("auth", socket.handshake().auth());
      socket.onInvalid(fault -> socket.emit("error", fault.kind().name()));
      socket.on("message", (args, ack) -> socket.emit("message-back", args.toArray()));
      socket.on("message-with-ack", (args, ack) -> ack.send(args.toArray()));
      socket.on(
          "ask-me",
          (args, ack) -> socket
              .emitWithAck("question", Duration.ofSeconds(5))
              .onSuccess(answer -> socket.emit("answer", answer.toArray())));
    });
    server.io().namespace("/custom").onConnect(socket -> socket.emit("auth", socket.id()));
  }

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldHandshakeJoinAndAnswer() throws Exception {
    TestClient client = server.connect();
    JsonObject open = new JsonObject(client.next().substring(1));
    assertThat(open.fieldNames())
        .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
    assertThat(open.getString("sid")).hasSize(20);
    client.send("40{\"a\":1}");
    String joined = client.next();
    assertThat(joined).startsWith("40{\"sid\":\"").doesNotContain(open.getString("sid"));
    assertThat(client.next()).isEqualTo("42[\"auth\",{\"a\":1}]");
    client.send("42[\"message\",1,\"2\",{\"3\":[true]}]");
    assertThat(client.next()).isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
    client.send("42456[\"message-with-ack\",1]");
    assertThat(client.next()).isEqualTo("43456[1]");
    client.send("42[\"ask-me\"]");
    assertThat(client.next()).isEqualTo("420[\"question\"]");
    client.send("430[\"because\"]");
    assertThat(client.next()).isEqualTo("42[\"answer\",\"because\"]");
    assertThat(server.io().connections()).isEqualTo(1);
  }

  @Test
  void shouldCarryBytes() throws Exception {
    TestClient client = joined();
    client.send(
        "452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
    client.send(Buffer.buffer(new byte[] {1, 2, 3}));
    client.send(Buffer.buffer(new byte[] {4, 5, 6}));
    assertThat(client.next())
        .isEqualTo(
            "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
    assertThat(client.next()).isEqualTo("hex:010203");
    assertThat(client.next()).isEqualTo("hex:040506");
  }

  @Test
  void shouldPingAndCloseTheSilent() throws Exception {
    SocketIoOptions brisk = OPTIONS.withHeartbeat(Duration.ofMillis(50), Duration.ofSeconds(1));
    TestClient client =
        LoopbackServer.start(vertx, brisk, new HttpServerOptions()).connect();
    client.next();
    assertThat(client.nextPing()).isEqualTo("2");
    client.send("3");
    assertThat(client.nextPing()).isEqualTo("2");
    assertThat(client.closed()).isEqualTo(1000);
    assertThat(client.closeText()).isEqualTo("ping timeout");
  }

  @Test
  void shouldKeepNamespacesApart() throws Exception {
    TestClient client = joined();
    client.send("40/custom");
    assertThat(client.next()).startsWith("40/custom,{\"sid\":");
    assertThat(client.next()).startsWith("42/custom,[\"auth\",");
    client.send("40/random");
    assertThat(client.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
    client.send("41/custom");
    client.send("42[\"message\"]");
    assertThat(client.next()).isEqualTo("42[\"message-back\"]");
  }

  @Test
  void shouldCloseOnMalformedPacketsAfterTheTypedErrorAndSpareOthers() throws Exception {
    TestClient other = joined();
    for (String bad : List.of("abc", "42{nope", "4", "42[\"disconnect\"]", "2probe")) {
      TestClient client = joined();
      client.send(bad);
      assertThat(client.next()).isEqualTo("42[\"error\",\"MALFORMED\"]");
      assertThat(client.closed()).isEqualTo(1008);
    }
    other.send("42[\"message\",1]");
    assertThat(other.next()).isEqualTo("42[\"message-back\",1]");
  }

  @Test
  void shouldCloseWith1009OnOversizedMessages() throws Exception {
    for (int size : new int[] {10_001, 30_000}) {
      TestClient client = joined();
      client.send("42[\"" + "x".repeat(size - 6) + "\"]");
      assertThat(client.next()).isEqualTo("42[\"error\",\"TOO_BIG\"]");
      assertThat(client.closed()).isEqualTo(1009);
    }
    TestClient client = joined();
    client.send("42[\"" + "x".repeat(10_000 - 6) + "\"]");
    client.send("42[\"message\"]");
    assertThat(client.next()).isEqualTo("42[\"message-back\"]");
  }

  @Test
  void shouldCloseWhoJoinsNothing() throws Exception {
    SocketIoOptions impatient =
        OPTIONS.withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(1));
    TestClient client =
        LoopbackServer.start(vertx, impatient, new HttpServerOptions()).connect();
    client.next();
    assertThat(client.closed()).isEqualTo(1008);
    assertThat(client.closeText()).isEqualTo("connect timeout");
  }

  @Test
  void shouldRefuseOtherTransportsWithTheDocumentedError() throws Exception {
    assertThat(get("/socket.io/?EIO=4&transport=pigeon"))
        .isEqualTo("400 {\"code\":0,\"message\":\"Transport unknown\"}");
    assertThat(get("/socket.io/?EIO=4&transport=websocket"))
        .isEqualTo("400 {\"code\":3,\"message\":\"Bad request\"}");
    assertThat(get("/socket.io/?EIO=4&transport=websocket&sid=constructor"))
        .isEqualTo("400 {\"code\":1,\"message\":\"Session ID unknown\"}");
    assertThat(get("/socket.io/?EIO=4&transport=%zz"))
        .isEqualTo("400 {\"code\":0,\"message\":\"Transport unknown\"}");
  }

  @Test
  void shouldRefuseUpgradesWithTheMessageAsBody() throws Exception {
    assertThat(refusedUpgrade("transport=websocket")).isEqualTo("400 Unsupported protocol version");
    assertThat(refusedUpgrade("EIO=5&transport=websocket"))
        .isEqualTo("400 Unsupported protocol version");
    assertThat(refusedUpgrade("EIO=4&transport=abc")).isEqualTo("400 Transport unknown");
  }

  @Test
  void shouldTellClientsOfSocketIo2InTheirOwnWords() throws Exception {
    assertThat(get("/socket.io/?EIO=3&transport=polling"))
        .isEqualTo("400 {\"code\":5,\"message\":\"Unsupported protocol version\"}");
    assertThat(get("/socket.io/?transport=polling"))
        .isEqualTo("400 {\"code\":5,\"message\":\"Unsupported protocol version\"}");
    TestClient old = server.connect("EIO=3&transport=websocket");
    assertThat(old.next()).startsWith("0{\"sid\":").contains("\"upgrades\":[]");
    assertThat(old.next()).startsWith("44\"Unsupported protocol version");
    assertThat(old.closed()).isEqualTo(1008);
    assertThat(old.closeText()).isEqualTo("Unsupported protocol version");
    assertThat(server.io().connections()).isZero();
  }

  @Test
  void shouldAcceptAndCloseSecondWebSocketOfSession() throws Exception {
    TestClient client = server.connect();
    String sid = new JsonObject(client.next().substring(1)).getString("sid");
    assertThat(closeCode("EIO=4&transport=websocket&sid=" + sid)).isEqualTo(1000);
    client.send("40");
    assertThat(client.next()).startsWith("40");
  }

  @Test
  void shouldTellEveryClientWhenItCloses() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    server.io().namespace("/told").onConnect(socket -> socket.onDisconnect(told::complete));
    TestClient client = server.connect();
    client.next();
    client.send("40/told,");
    client.next();
    LoopbackServer.await(server.io().close("SHUTTING_DOWN"));
    assertThat(client.closed()).isEqualTo(1001);
    assertThat(client.closeText()).isEqualTo("SHUTTING_DOWN");
    assertThat(told.get(5, TimeUnit.SECONDS)).isEqualTo("SHUTTING_DOWN");
    assertThat(server.io().connections()).isZero();
    assertThat(get("/socket.io/?EIO=4&transport=websocket")).startsWith("503");
  }

  @Test
  void shouldSendFromOtherThreadsInOrder() throws Exception {
    CompletableFuture<SocketIoSocket> arrival = new CompletableFuture<>();
    server.io().namespace("/far").onConnect(arrival::complete);
    TestClient client = server.connect();
    client.next();
    client.send("40/far");
    client.next();
    SocketIoSocket socket = arrival.get(5, TimeUnit.SECONDS);
    EncodedEvent shared = EncodedEvent.of("/far", "shared", "{\"n\":1}");
    socket.emit("first", 1);
    socket.emit(shared);
    assertThat(client.next()).isEqualTo("42/far,[\"first\",1]");
    assertThat(client.next()).isEqualTo("42/far,[\"shared\",{\"n\":1}]");
  }

  /** Connects with the client of the JDK: that of Vert.x fails if the close comes along with the upgrade. */
  private int closeCode(String query) throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    WebSocket.Listener listener = new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        code.complete(status);
        return CompletableFuture.completedStage(null);
      }

      @Override
      public void onError(WebSocket socket, Throwable error) {
        code.completeExceptionally(error);
      }
    };
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:" + server.port() + "/socket.io/?" + query), listener)
        .get(10, TimeUnit.SECONDS);
    return code.get(10, TimeUnit.SECONDS);
  }

  private TestClient joined() throws Exception {
    TestClient client = server.connect();
    client.next();
    client.send("40");
    client.next();
    client.next();
    return client;
  }

  private String get(String uri) throws Exception {
    WebClient web = WebClient.create(vertx);
    var response = LoopbackServer.await(web.get(server.port(), "127.0.0.1", uri).send());
    return response.statusCode() + " " + response.bodyAsString();
  }

  private String refusedUpgrade(String query) throws Exception {
    try {
      server.connect(query);
      return "accepted";
    } catch (ExecutionException e) {
      UpgradeRejectedException refusal = (UpgradeRejectedException) e.getCause();
      return refusal.getStatus() + " " + refusal.getBody();
    }
  }
}
