package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.gateway.access.AccessHandler;
import io.candlehub.gateway.access.AccessRules;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Polling across origins, behind the access rules of the gateway. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PollingAccessTest {

  private static final String FRIEND = "http://friend.example";
  private static final String PATH = "/socket.io/?EIO=4&transport=polling";

  private final Vertx vertx = Vertx.vertx();
  private WebClient web;
  private int port;

  @BeforeEach
  void start() throws Exception {
    Router router = Router.router(vertx);
    HttpServer server = LoopbackServer.await(
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    port = server.actualPort();
    SocketIoServer io = new SocketIoServer(
        vertx, SocketIoOptions.defaults(), InstantSource.fixed(Instant.EPOCH), EngineListener.NONE);
    io.namespace("/");
    router
        .route()
        .handler(new AccessHandler(
            AccessRules.of("127.0.0.1", port, List.of(), List.of(FRIEND)),
            List.of("/socket.io/"),
            new SimpleMeterRegistry()));
    router.route("/socket.io/*").handler(io::handle);
    web = WebClient.create(vertx);
  }

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldServePagesOfAllowedOrigins() throws Exception {
    HttpResponse<Buffer> opened = send(request(HttpMethod.GET, PATH, FRIEND));
    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(opened.getHeader("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
    assertThat(opened.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
    String sid = new JsonObject(opened.bodyAsString().substring(1)).getString("sid");
    HttpResponse<Buffer> posted =
        LoopbackServer.await(request(HttpMethod.POST, PATH + "&sid=" + sid, FRIEND)
            .putHeader("Content-Type", "text/plain;charset=UTF-8")
            .sendBuffer(Buffer.buffer("40")));
    assertThat(PollingClient.shown(posted)).isEqualTo("200 ok");
    assertThat(posted.getHeader("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
    HttpResponse<Buffer> refused = send(request(HttpMethod.GET, PATH + "&sid=none", FRIEND));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.getHeader("Access-Control-Allow-Origin"))
        .as("so that the page can read why")
        .isEqualTo(FRIEND);
  }

  @Test
  void shouldAnswerPreflights() throws Exception {
    HttpResponse<Buffer> preflight = send(request(HttpMethod.OPTIONS, PATH, FRIEND)
        .putHeader("Access-Control-Request-Method", "POST"));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.getHeader("Access-Control-Allow-Methods")).contains("POST");
  }

  @Test
  void shouldNotServePagesOfOtherOrigins() throws Exception {
    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS)) {
      HttpResponse<Buffer> refused = send(request(method, PATH, "http://foe.example"));
      assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(refused.getHeader("Access-Control-Allow-Origin")).isNull();
    }
  }

  private HttpRequest<Buffer> request(HttpMethod method, String uri, String origin) {
    return web.request(method, port, "127.0.0.1", uri).putHeader("Origin", origin);
  }

  private static HttpResponse<Buffer> send(HttpRequest<Buffer> request) throws Exception {
    return LoopbackServer.await(request.send());
  }
}
