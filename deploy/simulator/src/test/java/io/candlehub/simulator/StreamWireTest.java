package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamWireTest {
  private static final long OPEN = 1_764_858_600_000L;

  @Test
  void shouldGreetAuthenticateAndAcknowledge() {
    try (Exchange exchange = Exchange.start()) {
      Wire wire = exchange.connect("/stocks");
      assertThat(wire.status()).isEqualTo("connected: Connected Successfully");
      wire.say("subscribe", "A.SPY");
      assertThat(wire.status()).startsWith("auth_required");
      wire.say("auth", Exchange.KEY);
      assertThat(wire.status()).isEqualTo("auth_success: authenticated");
      wire.say("subscribe", "AM.SPY,FMV.SPY,T.BRK.B,ZZ.SPY,nonsense,A.NOPE,AM.SPY");
      assertThat(wire.status()).isEqualTo("error: not authorized");
      assertThat(wire.status()).isEqualTo("success: subscribed to: AM.SPY");
      assertThat(wire.status()).isEqualTo("success: subscribed to: T.BRK.B");
      assertThat(wire.status()).isEqualTo("success: subscribed to: A.NOPE");
      wire.say("subscribe", "AM.SPY");
      wire.say("unsubscribe", "T.BRK.B,A.IBM");
      assertThat(wire.status()).isEqualTo("success: unsubscribed to: T.BRK.B");
      wire.raw("{broken");
      assertThat(wire.status()).startsWith("error: invalid message");
      JsonObject topics = exchange.json("/sim/stats").getJsonObject("topics");
      assertThat(topics.getJsonArray("stocks").encode()).isEqualTo("[\"AM.SPY\",\"A.NOPE\"]");
    }
  }

  @Test
  void shouldRefuseWrongKeysWithoutCloseFrame() {
    try (Exchange exchange = Exchange.start()) {
      Wire wrong = exchange.connect("/stocks");
      wrong.say("auth", "wrong");
      assertThat(wrong.status()).startsWith("connected");
      assertThat(wrong.status()).isEqualTo("auth_failed: authentication failed");
      assertThat(wrong.end()).isIn(-1, 1006);
    }
  }

  @Test
  void shouldTimeOutSocketsThatDoNotAuthenticate() {
    try (Exchange exchange = Exchange.start("auth-timeout-seconds", "1")) {
      Wire wire = exchange.connect("/stocks");
      assertThat(wire.status()).startsWith("connected");
      assertThat(wire.status()).isEqualTo("auth_timeout: No authentication request received.");
      assertThat(wire.end()).isIn(-1, 1006);
    }
  }

  @Test
  void shouldEvictTheOlderConnection() {
    try (Exchange exchange = Exchange.start()) {
      Wire older = exchange.subscribe("A.SPY");
      older.next(event -> event.getString("message", "").contains("subscribed"));
      Wire newer = exchange.subscribe("A.SPY");
      JsonObject status = older.next(e -> e.getString("status", "").equals("max_connections"));
      assertThat(status.getString("message")).startsWith("Maximum number of websocket connections");
      assertThat(older.end()).isEqualTo(1008);
      newer.next(event -> event.getString("ev").equals("A"));
      JsonObject counts = exchange.connections();
      assertThat(counts.getInteger("now")).isEqualTo(1);
      assertThat(counts.getInteger("ever")).isEqualTo(2);
      assertThat(counts.getInteger("peak")).isEqualTo(2);
      assertThat(counts.getInteger("evicted")).isEqualTo(1);
    }
  }

  @Test
  void shouldSendTheBarsThatAreTrueInOrderWithoutHoles() {
    try (Exchange exchange =
        Exchange.start("start", "2025-12-04T09:29:30-05:00", "speed", "0.001")) {
      Wire wire = exchange.subscribe("A.SPY,AM.SPY,AM.AAPL,T.SPY,Q.SPY,LULD.SPY");
      wire.next(event -> event.getString("message", "").endsWith("LULD.SPY"));
      exchange.run(600);
      List<JsonObject> events = wire.until(e -> isBar(e, "AM", "SPY", OPEN + 20 * 60_000));
      JsonObject truth = exchange.json("/sim/truth?ticker=SPY&from=" + OPEN + "&to="
          + (OPEN + 19 * 60_000) + "&timespan=minute");
      Map<Long, JsonObject> last = new HashMap<>();
      long before = 0;
      double volume = 0;
      for (JsonObject event : events) {
        if (event.getString("ev").equals("AM") && event.getString("sym").equals("SPY")) {
          last.put(event.getLong("s"), event);
        }
        if (event.getString("ev").equals("A")) {
          assertThat(event.getLong("s")).isGreaterThan(before);
          assertThat(event.getLong("e")).isEqualTo(event.getLong("s") + 1_000);
          assertThat(event.getDouble("av")).isGreaterThan(volume);
          before = event.getLong("s");
          volume = event.getDouble("av");
        }
      }
      assertThat(truth.getJsonArray("bars")).hasSize(20).allSatisfy(item -> {
        JsonObject bar = (JsonObject) item;
        JsonObject event = last.get(bar.getLong("t"));
        for (String field : List.of("o", "h", "l", "c", "v")) {
          assertThat(event.getDouble(field)).isEqualTo(bar.getDouble(field));
        }
      });
      assertThat(events).extracting(e -> e.getString("ev")).contains("T", "Q", "LULD", "AM", "A");
    }
  }

  private static boolean isBar(JsonObject event, String kind, String ticker, long start) {
    return event.getString("ev").equals(kind)
        && event.getString("sym", "").equals(ticker)
        && event.getLong("s") >= start;
  }

  @Test
  void shouldSendACorrectedMinuteAgain() {
    try (Exchange exchange =
        Exchange.start("start", "2025-12-04T09:35:00-05:00", "speed", "3000")) {
      Wire wire = exchange.subscribe("AM.SPY,AM.QQQ,AM.AAPL");
      Map<String, JsonObject> seen = new HashMap<>();
      JsonObject again = wire.next(event -> event.getString("ev").equals("AM")
          && seen.put(event.getString("sym") + event.getLong("s"), event) != null);
      JsonObject truth = exchange
          .json("/sim/truth?ticker=" + again.getString("sym") + "&from=" + again.getLong("s")
              + "&to=" + again.getLong("s"))
          .getJsonArray("bars")
          .getJsonObject(0);
      assertThat(truth.getDouble("v")).isEqualTo(again.getDouble("v"));
    }
  }

  @Test
  void shouldServeWildcardsAndDelayedStreams() {
    try (Exchange exchange = Exchange.start("plan", "delayed", "speed", "60")) {
      Wire refused = exchange.subscribe("A.SPY");
      refused.next(event -> event.getString("status", "").equals("auth_success"));
      assertThat(refused.status()).startsWith("error: You don't have access real-time data.");
      Wire wire = exchange.connect("/delayed/stocks");
      wire.say("auth", Exchange.KEY);
      wire.say("subscribe", "A.*");
      JsonObject event = wire.next(e -> e.getString("ev").equals("A"));
      long now = exchange.json("/sim/clock").getLong("marketMillis");
      assertThat(event.getLong("e")).isLessThanOrEqualTo(now - 15 * 60_000);
      assertThat(exchange.json("/v2/aggs/ticker/SPY/prev").getString("status"))
          .isEqualTo("DELAYED");
    }
  }

  @Test
  void shouldCutAClientThatDoesNotRead() {
    try (Exchange exchange = Exchange.start("speed", "600", "slow-consumer-kilobytes", "64")) {
      Wire wire = exchange.subscribe("Q.*,T.*");
      wire.next(event -> event.getString("ev").equals("Q"));
      wire.pause();
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (exchange.connections().getInteger("now") > 0) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
      wire.resume();
    }
  }

  @Test
  void shouldFollowSeekAndPause() {
    try (Exchange exchange = Exchange.start()) {
      Wire wire = exchange.subscribe("A.SPY");
      exchange.post("/sim/clock", "{\"seekTo\":\"2025-12-08T11:00:00-05:00\",\"speed\":10}");
      JsonObject event =
          wire.next(e -> e.getString("ev").equals("A") && e.getLong("s") > 1_765_200_000_000L);
      assertThat(event.getLong("s")).isBetween(1_765_209_590_000L, 1_765_209_660_000L);
      exchange.post("/sim/clock", "{\"paused\":true}");
      long paused = exchange.json("/sim/clock").getLong("marketMillis");
      assertThat(exchange.json("/sim/clock").getLong("marketMillis")).isEqualTo(paused);
      assertThat(exchange.post("/sim/clock", "{\"speed\":-1}").bodyAsString())
          .contains("speed = '-1' is not allowed");
      assertThat(exchange.post("/sim/clock", "{\"seekTo\":\"soon\"}").statusCode())
          .isEqualTo(400);
    }
  }
}
