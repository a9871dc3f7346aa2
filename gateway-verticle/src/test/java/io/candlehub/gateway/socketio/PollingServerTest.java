package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PollingServerTest {

  private static final SocketIoOptions OPTIONS = SocketIoOptions.defaults()
      .withSizes(10_000, 64 * 1024)
      .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300))
      .withPolling(Duration.ofSeconds(5), Duration.ofMillis(300));

  private final Vertx vertx = Vertx.vertx();
  // Kept, as clients that are not referred to any more close their connections.
  private final HttpClient http = vertx.createHttpClient();
  private final NetClient net = vertx.createNetClient();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.start(vertx, OPTIONS, new HttpServerOptions());
    server.io().namespace("/").onConnect(socket -> {
      socket.onDisconnect(ended::complete);
      socket.on("message", (args, ack) -> socket.emit("message-back", args.toArray()));
      socket.on("bye", (args, ack) -> socket.disconnect(true));
    });
  }

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldCarrySocketIoOverPolling() throws Exception {
    PollingClient client = joined();
    client.send("42[\"message\",\"\u00e9\ud83d\ude00\"]");
    assertThat(client.next()).isEqualTo("42[\"message-back\",\"\u00e9\ud83d\ude00\"]");
    client.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
    assertThat(client.next()).isEqualTo("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]");
    assertThat(client.next()).isEqualTo("bAQID");
  }

  @Test
  void shouldAnswerWithTheHeadersOfTheProtocol() throws Exception {
    PollingClient client = new PollingClient(vertx, server).open();
    HttpResponse<Buffer> ok = LoopbackServer.await(client.post("40"));
    assertThat(PollingClient.shown(ok)).isEqualTo("200 ok");
    assertThat(ok.getHeader("Content-Type")).isEqualTo("text/html");
    HttpResponse<Buffer> packets = LoopbackServer.await(client.get());
    assertThat(packets.getHeader("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(packets.getHeader("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void shouldRefuseOtherMethods() throws Exception {
    PollingClient fresh = new PollingClient(vertx, server);
    assertThat(LoopbackServer.await(fresh.request(HttpMethod.HEAD)).statusCode())
        .isEqualTo(400);
    assertThat(fresh.send("4")).isEqualTo("400 {\"code\":2,\"message\":\"Bad handshake method\"}");
    PollingClient client = joined();
    for (HttpMethod method :
        new HttpMethod[] {HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.HEAD}) {
      HttpResponse<Buffer> response = LoopbackServer.await(client.request(method));
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.getHeader("Allow")).isEqualTo("GET, POST, OPTIONS");
    }
    assertThat(LoopbackServer.await(client.request(HttpMethod.OPTIONS)).statusCode())
        .isEqualTo(204);
    assertThat(client.send("42[\"message\"]")).isEqualTo("200 ok");
  }

  @Test
  void shouldRefuseBodiesAboveTheLimitAnnouncedOrNot() throws Exception {
    PollingClient client = joined();
    assertThat(client.send("4".repeat(10_001))).startsWith("413 {\"code\":3");
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.MESSAGE_TOO_BIG);
    assertThat(client.send("4")).startsWith("400 {\"code\":1");
    PollingClient chunked = joined();
    HttpClientRequest request = postOf(chunked);
    request.setChunked(true);
    Future<HttpClientResponse> response = request.response();
    for (int i = 0; i < 11; i++) {
      request.write("x".repeat(1_000)).onFailure(cut -> {});
    }
    assertThat(LoopbackServer.await(response).statusCode()).isEqualTo(413);
    assertThat(chunked.send("4")).startsWith("400 {\"code\":1");
  }

  @Test
  void shouldRefuseBinaryBodies() throws Exception {
    PollingClient client = joined();
    HttpClientRequest request = postOf(client);
    request.putHeader("Content-Type", "application/octet-stream");
    HttpClientResponse response = LoopbackServer.await(request.send(Buffer.buffer("4")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.PARSE_ERROR);
  }

  @Test
  void shouldAskForBodiesThatWaitToBeAskedFor() throws Exception {
    PollingClient client = joined();
    HttpClientRequest request = postOf(client);
    request.putHeader("Expect", "100-continue").putHeader("Content-Length", "2");
    CompletableFuture<Void> asked = new CompletableFuture<>();
    request.continueHandler(go -> asked.complete(null));
    Future<HttpClientResponse> response = request.response();
    LoopbackServer.await(request.sendHead());
    asked.get(5, TimeUnit.SECONDS);
    LoopbackServer.await(request.end("3x"));
    assertThat(LoopbackServer.await(response).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldNotWaitLongForTheBodyOfPost() throws Exception {
    PollingClient client = joined();
    HttpClientRequest request = postOf(client);
    request.putHeader("Content-Length", "100");
    Future<HttpClientResponse> response = request.response();
    LoopbackServer.await(request.write("4"));
    assertThat(LoopbackServer.await(response).statusCode()).isEqualTo(408);
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.TRANSPORT_ERROR);
  }

  @Test
  void shouldCloseSessionWhosePostIsCutShort() throws Exception {
    PollingClient client = joined();
    NetSocket socket = connect();
    LoopbackServer.await(socket.write(
        "POST " + client.uri() + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n4"));
    LoopbackServer.await(socket.close());
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.TRANSPORT_ERROR);
  }

  @Test
  void shouldCloseSessionWhosePollIsAborted() throws Exception {
    PollingClient client = joined();
    NetSocket socket = connect();
    LoopbackServer.await(socket.write("GET " + client.uri() + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    LoopbackServer.await(client.post("42[\"nothing\"]"));
    LoopbackServer.await(socket.close());
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.TRANSPORT_CLOSE);
    assertThat(PollingClient.shown(LoopbackServer.await(client.get())))
        .isEqualTo("400 {\"code\":1,\"message\":\"Session ID unknown\"}");
  }

  @Test
  void shouldCloseSessionOfTwoPolls() throws Exception {
    PollingClient client = joined();
    Future<HttpResponse<Buffer>> one = client.get();
    Future<HttpResponse<Buffer>> other = client.get();
    assertThat(List.of(
            PollingClient.shown(LoopbackServer.await(one)),
            PollingClient.shown(LoopbackServer.await(other))))
        .containsExactlyInAnyOrder("200 1", "400 {\"code\":3,\"message\":\"Bad request\"}");
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.TRANSPORT_ERROR);
  }

  @Test
  void shouldSayGoodbyeOverPolling() throws Exception {
    PollingClient client = joined();
    assertThat(client.send("42[\"bye\"]")).isEqualTo("200 ok");
    assertThat(client.next()).isEqualTo("41");
    assertThat(client.next()).isEqualTo("1");
    assertThat(client.send("4")).startsWith("400 {\"code\":1");
  }

  @Test
  void shouldTellPollingClientsWhenItCloses() throws Exception {
    PollingClient client = joined();
    Future<Void> closed = server.io().close("SHUTTING_DOWN");
    assertThat(client.next()).isEqualTo("1");
    LoopbackServer.await(closed);
    assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo("SHUTTING_DOWN");
    assertThat(LoopbackServer.await(new PollingClient(vertx, server).get()).statusCode())
        .isEqualTo(503);
  }

  @Test
  void shouldServePipelinedRequestsInOrder() throws Exception {
    PollingClient client = joined();
    NetSocket socket = connect();
    CompletableFuture<String> answers = new CompletableFuture<>();
    Buffer read = Buffer.buffer();
    socket.handler(part -> {
      if (read.appendBuffer(part).toString().contains("message-back")) {
        answers.complete(read.toString());
      }
    });
    String body = "42[\"message\",1]";
    LoopbackServer.await(socket.write("POST " + client.uri() + " HTTP/1.1\r\nHost: a\r\n"
        + "Content-Length: " + body.length() + "\r\n\r\n" + body
        + "GET " + client.uri() + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    assertThat(answers.get(5, TimeUnit.SECONDS)).contains("ok").endsWith("[\"message-back\",1]");
  }

  private PollingClient joined() throws Exception {
    PollingClient client = new PollingClient(vertx, server).open();
    assertThat(client.send("40")).isEqualTo("200 ok");
    assertThat(client.next()).startsWith("40{\"sid\":");
    return client;
  }

  private HttpClientRequest postOf(PollingClient client) throws Exception {
    return LoopbackServer.await(http.request(new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost("127.0.0.1")
        .setPort(server.port())
        .setURI(client.uri())));
  }

  private NetSocket connect() throws Exception {
    return LoopbackServer.await(net.connect(server.port(), "127.0.0.1"));
  }
}
