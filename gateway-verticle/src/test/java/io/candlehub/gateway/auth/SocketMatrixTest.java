package io.candlehub.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.gateway.Charts;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.gateway.WireClient;
import io.candlehub.gateway.auth.Mode.Token;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every event and address of the socket protocols under every token, origin and host (contract §8). */
@Timeout(120)
class SocketMatrixTest {
  private static final String WEB_SOCKET = "/socket.io/?EIO=4&transport=websocket";
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final List<String> EVENTS = List.of(
      "chart:focus",
      "chart:unfocus",
      "live:subscribe",
      "live:unsubscribe",
      "chain:focus",
      "chain:unfocus",
      "watchlist:set",
      "snapshot:subscribe",
      "snapshot:unsubscribe",
      "made:up");
  private static final List<String> REGISTERED = List.of(
      "md.chart.1m.SPY",
      "md.quote.SPY",
      "md.trades.SPY",
      "md.chain.SPY",
      "md.flow",
      "md.status",
      "md.alerts");
  private static final List<String> SENT =
      List.of("md.command.chart", "md.command.quote", "md.command.chain", "md.command.status");
  private static final List<String> NEVER = List.of(
      "md.command.demand",
      "md.command.selection",
      "md.command.snapshots",
      "md.chain.SPY/2025-12-19",
      "md.feed",
      "md.chart.7m.SPY",
      "candlehub.internal",
      "");

  private static final JsonObject BODY = new JsonObject()
      .put("symbol", "SPY")
      .put("timeframe", "1m")
      .put("underlying", "SPY")
      .put("expiration", "2025-12-19")
      .put("tickers", new JsonArray().add("SPY"));

  private static final JsonObject CHAIN =
      new JsonObject().put("underlying", "SPY").put("expiration", "2025-12-19");

  @TempDir
  private Path folder;

  private static Map<Token, Object> tokens(Mode mode) {
    Map<Token, Object> tokens = new HashMap<>(mode.tokens());
    tokens.put(Token.NONE, 7);
    return tokens;
  }

  private static String connect(Object token) {
    return "40" + new JsonObject().put("token", token).encode();
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeTheTokenOfTheConnectPacket(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10));
      Map<Token, Object> tokens = tokens(mode);
      for (Token kind : tokens.keySet()) {
        WireClient client = GatewayFixture.await(gateway.webSocket(WEB_SOCKET, Map.of()));
        client.send(connect(tokens.get(kind)));
        polling(gateway, connect(tokens.get(kind)), kind);
        if (kind.isAccepted()) {
          client.expect("40{");
          client.emit(1, "chart:focus", BODY);
          assertThat(client.ack(1).getBoolean("ok")).isTrue();
        } else {
          assertThat(client.expect("44")).as("%s", kind).contains(kind.refusal());
          client.emit(1, "chart:focus", BODY);
          assertThat(client.closeCode()).isEqualTo(1008);
        }
        client.close();
      }
      WireClient bare = GatewayFixture.await(gateway.webSocket(WEB_SOCKET, Map.of()));
      bare.send("40");
      assertThat(bare.expect("44")).contains("UNAUTHENTICATED");
    }
  }

  private static void polling(GatewayFixture gateway, String connect, Token kind) {
    String sid =
        new JsonObject(gateway.get(POLLING).body().toString().substring(1)).getString("sid");
    String path = POLLING + "&sid=" + sid;
    Answer posted = gateway.send(
        HttpMethod.POST, path, Map.of("Content-Type", "text/plain"), Buffer.buffer(connect));
    assertThat(posted.status()).isEqualTo(200);
    String answer = gateway.get(path).body().toString();
    if (kind.isAccepted()) {
      assertThat(answer).startsWith("40{");
    } else {
      assertThat(answer).startsWith("44{").contains(kind.refusal());
    }
    gateway.send(HttpMethod.POST, path, Map.of("Content-Type", "text/plain"), Buffer.buffer("1"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldServeNoEventBeforeTheNamespace(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10));
      for (String event : EVENTS) {
        WireClient client = GatewayFixture.await(gateway.webSocket(WEB_SOCKET, Map.of()));
        client.emit(1, event, BODY);
        assertThat(client.closeCode()).as(event).isEqualTo(1008);
        assertThat(client.passedOver("43")).as(event).isFalse();
      }
      assertThat(gateway.hub().demand()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseForeignPagesAndHostsBeforeAnyToken(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      for (Source source : Source.values()) {
        int expected = source.isAllowed() ? 200 : 403;
        for (String path : List.of(POLLING, "/eventbus/info", "/eventbus/000/" + source + "/xhr")) {
          HttpMethod method = path.endsWith("xhr") ? HttpMethod.POST : HttpMethod.GET;
          Answer answer = gateway.send(method, path, source.headers(), Buffer.buffer());
          assertThat(answer.status()).as("%s from %s", path, source).isEqualTo(expected);
          if (path.equals(POLLING) && source.isAllowed()) {
            gateway.leave(answer);
          }
        }
        for (String path :
            List.of(WEB_SOCKET, "/eventbus/websocket", "/eventbus/000/w" + source + "/websocket")) {
          Future<WireClient> opened = gateway.webSocket(path, source.headers());
          await()
              .atMost(10, TimeUnit.SECONDS)
              .pollInterval(5, TimeUnit.MILLISECONDS)
              .until(opened::isComplete);
          assertThat(opened.succeeded())
              .as("%s from %s", path, source)
              .isEqualTo(source.isAllowed());
        }
      }
    }
  }

  private static JsonObject frame(String type, String address, Object token) {
    JsonObject headers = new JsonObject().put("token", token);
    return new JsonObject()
        .put("type", type)
        .put("address", address)
        .put("headers", headers)
        .put("body", address.equals("md.command.chain") ? CHAIN : BODY)
        .put("replyAddress", "r1");
  }

  private static List<JsonObject> offered(Object token) {
    List<JsonObject> frames = new ArrayList<>();
    REGISTERED.forEach(address -> frames.add(frame("register", address, token)));
    SENT.forEach(address -> frames.add(frame("send", address, token)));
    return frames;
  }

  @ParameterizedTest
  @EnumSource
  void shouldCheckTheTokenAtEveryRegisterAndSend(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10));
      Map<Token, Object> tokens = tokens(mode);
      for (Token kind : tokens.keySet()) {
        for (JsonObject frame : offered(tokens.get(kind))) {
          bridge(gateway, frame, kind);
        }
      }
      for (JsonObject frame : offered("")) {
        frame.remove("headers");
        bridge(gateway, frame, Token.NONE);
      }
      assertThat(gateway.hub().demand())
          .isSubsetOf("md.chart.1m.SPY", "md.quote.SPY", "md.trades.SPY", "md.chain.SPY");
    }
  }

  private static void bridge(GatewayFixture gateway, JsonObject frame, Token kind) {
    WireClient client = gateway.bridge();
    client.send(frame);
    if (kind.isAccepted()) {
      // An alert is sent when there is one, so this only shows that nothing was refused.
      client.send(frame("send", "md.command.status", null).put("replyAddress", "last"));
      client.expectContaining("{\"type\":\"rec\"", "\"last\"");
      assertThat(client.passedOver("{\"type\":\"err\"")).as(frame.encode()).isFalse();
    } else {
      JsonObject refusal = client.json();
      assertThat(refusal.getString("type")).isEqualTo("err");
      assertThat(refusal.getString("body")).as(frame.encode()).isEqualTo(kind.refusal());
      assertThat(refusal.getString("address"))
          .isEqualTo(frame.getString("type").equals("send") ? "r1" : frame.getString("address"));
      if (kind == Token.EXPIRED) {
        assertThat(client.closeCode()).isEqualTo(1008);
      }
    }
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldOfferNothingElseWhateverTheToken(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      for (Token kind : List.of(Token.GOOD, Token.OPS)) {
        for (String address : NEVER) {
          // None lives so long that it would have to ping.
          WireClient client = gateway.bridge();
          for (String type : List.of("register", "unregister", "send", "publish")) {
            client.send(frame(type, address, mode.tokens().get(kind)));
            assertThat(client.json().getString("body"))
                .as("%s %s", type, address)
                .isEqualTo("access_denied");
          }
          client.close();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepASessionWithItsCaller(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10));
      WireClient client = gateway.bridge();
      client.send(frame("send", "md.command.status", mode.token("ada", 60)));
      assertThat(client.json().getString("type")).isEqualTo("rec");
      client.send(frame("send", "md.command.chart", null));
      assertThat(client.json().getString("type")).isEqualTo("rec");
      client.send(frame("register", "md.status", mode.token("bob", 60)));
      assertThat(client.json().getString("body")).isEqualTo("FORBIDDEN");
      client.send(frame("register", "md.status", "junk"));
      assertThat(client.json().getString("body")).isEqualTo("UNAUTHENTICATED");
      client.close();
    }
  }

  /** Over the transports of SockJS that are requests, frames are judged as over a WebSocket. */
  @ParameterizedTest
  @EnumSource
  void shouldJudgeFramesOfPollingClients(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      Map<Token, Object> tokens = tokens(mode);
      for (Token kind : tokens.keySet()) {
        String session = "/eventbus/000/poll" + kind;
        assertThat(post(gateway, session + "/xhr", "")).isEqualTo("o\n");
        String frame = frame("send", "md.command.status", tokens.get(kind)).encode();
        assertThat(
                post(gateway, session + "/xhr_send", new JsonArray().add(frame).encode()))
            .isEmpty();
        assertThat(post(gateway, session + "/xhr", ""))
            .contains(kind.isAccepted() ? "\\\"rec\\\"" : kind.refusal());
      }
    }
  }

  private static String post(GatewayFixture gateway, String path, String body) {
    Map<String, String> headers = Map.of("Content-Type", "text/plain");
    return gateway
        .send(HttpMethod.POST, path, headers, Buffer.buffer(body))
        .body()
        .toString();
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "RS256"})
  void shouldEndSessionsWithTheirTokens(Mode mode) throws Exception {
    try (GatewayFixture gateway = mode.gateway(folder)) {
      gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10));
      WireClient live = GatewayFixture.await(gateway.webSocket(WEB_SOCKET, Map.of()));
      live.send(connect(mode.token("ada", 3)));
      live.emit(1, "chart:focus", BODY);
      assertThat(live.ack(1).getBoolean("ok")).isTrue();
      WireClient bridge = gateway.bridge();
      bridge.send(frame("register", "md.chart.1m.SPY", mode.token("ada", 3)));
      assertThat(bridge.json().getString("type")).isEqualTo("rec");
      assertThat(live.event("chart:error").getJsonObject("error").getString("code"))
          .isEqualTo("TOKEN_EXPIRED");
      live.expect("41");
      live.expectEnd();
      bridge.expectContaining("{\"type\":\"err\"", "TOKEN_EXPIRED");
      assertThat(bridge.closeCode()).isEqualTo(1008);
      await().atMost(20, TimeUnit.SECONDS).until(() -> gateway.hub().demand().isEmpty());
    }
  }
}
