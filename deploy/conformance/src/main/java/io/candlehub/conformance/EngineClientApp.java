package io.candlehub.conformance;

import io.candlehub.gateway.socketio.ConnectRefusedException;
import io.candlehub.gateway.socketio.EngineListener;
import io.candlehub.gateway.socketio.EngineServer;
import io.candlehub.gateway.socketio.EngineSocket;
import io.candlehub.gateway.socketio.Handshake;
import io.candlehub.gateway.socketio.SocketIoOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * What the tests of Engine.IO's JavaScript client expect: a greeting, an echo with some special requests, a small
 * message limit, cookies on the first response, and a way to be refused.
 */
final class EngineClientApp implements SuiteApp {
  private static final String PATH = "/engine.io/";
  private static final Duration PING_INTERVAL = Duration.ofMillis(500);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_PAYLOAD_BYTES = 100;
  private static final String CYRILLIC = "пойду спать всем спокойной ночи";
  private static final List<String> COOKIES = List.of(
      "1=1; Max-Age=86400", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict", "3=3; Max-Age=0");

  private final InstantSource clock;

  EngineClientApp(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void mount(Router router, Vertx vertx) {
    SocketIoOptions defaults = SocketIoOptions.defaults();
    SocketIoOptions options = defaults
        .withPath(PATH)
        .withHeartbeat(PING_INTERVAL, PING_TIMEOUT)
        .withSizes(MAX_PAYLOAD_BYTES, defaults.writeQueueBytes());
    EngineServer server = new EngineServer(vertx, options, clock, EngineListener.NONE)
        .authorise(EngineClientApp::unlessDenied)
        .onHeaders(this::addCookies)
        .onSession(EngineClientApp::greet);
    Mounting.add(router, PATH, server::handle);
  }

  private static Future<Void> unlessDenied(Handshake handshake) {
    return handshake.query().contains("deny")
        ? Future.failedFuture(new ConnectRefusedException("forbidden", new JsonObject()))
        : Future.succeededFuture();
  }

  private void addCookies(HttpServerRequest request, MultiMap headers, boolean first) {
    if (first) {
      headers.add("Set-Cookie", COOKIES);
      headers.add(
          "Set-Cookie",
          "4=4; Expires="
              + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  clock.instant().atZone(ZoneOffset.UTC)));
    }
  }

  private static void greet(EngineSocket socket) {
    socket.onText(text -> answer(socket, text)).onBinary(socket::send);
    socket.send("hi");
  }

  private static void answer(EngineSocket socket, String text) {
    switch (text) {
      case "give binary" -> socket.send(Buffer.buffer(new byte[] {0, 1, 2, 3, 4}));
      case "give utf8" -> socket.send(CYRILLIC);
      case "sendHeaders" ->
        socket.send(HandshakeJson.headers(socket.carrierHeaders()).encode());
      default -> socket.send(text);
    }
  }
}
