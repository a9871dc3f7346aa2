package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultWireTest {
  private static final String AGGS = "/v2/aggs/ticker/SPY/prev";
  private Exchange exchange;

  private static boolean isSecond(JsonObject event) {
    return event.getString("ev").equals("A");
  }

  @BeforeEach
  void startExchange() {
    exchange = Exchange.start("speed", "60");
  }

  @AfterEach
  void stopExchange() {
    exchange.close();
  }

  @Test
  void shouldLimitTheRateAsOftenAsAsked() {
    exchange.fault("{\"kind\":\"rate-limit\",\"path\":\"/v2/aggs\",\"count\":2,\"retryAfter\":5}");
    for (int i = 0; i < 2; i++) {
      var response = exchange.get(AGGS);
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.getHeader("Retry-After")).isEqualTo("5");
      assertThat(response.bodyAsJsonObject().getString("error")).contains("maximum requests");
    }
    assertThat(exchange.get(AGGS).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldFailForATimeOfTheMarket() {
    exchange.fault(
        "{\"kind\":\"error\",\"path\":\"/v2/aggs\",\"status\":500,\"marketSeconds\":3600}");
    assertThat(exchange.get(AGGS).statusCode()).isEqualTo(500);
    assertThat(exchange.get("/v1/marketstatus/now").statusCode()).isEqualTo(200);
    exchange.post("/sim/clock", "{\"seekTo\":\"2025-12-04T11:01-05:00\"}");
    assertThat(exchange.get(AGGS).statusCode()).isEqualTo(200);
    JsonObject results = exchange
        .json("/sim/stats")
        .getJsonObject("rest")
        .getJsonObject("paths")
        .getJsonObject("/v2/aggs/ticker/{t}/prev")
        .getJsonObject("results");
    assertThat(results).isEqualTo(new JsonObject().put("200", 1).put("500", 1));
  }

  @Test
  void shouldAnswerSlowly() {
    exchange.fault("{\"kind\":\"slow\",\"path\":\"/v2\",\"millis\":300,\"count\":1}");
    long before = System.nanoTime();
    assertThat(exchange.get(AGGS).statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - before).isGreaterThan(290_000_000L);
  }

  @Test
  void shouldCountHowOftenAQuestionIsOpenAtATime() {
    exchange.fault("{\"kind\":\"slow\",\"path\":\"/v2\",\"millis\":300,\"count\":3}");
    Future<?> first = exchange.ask(AGGS + "&limit=7");
    Future<?> same = exchange.ask(AGGS + "&limit=7");
    Future<?> other = exchange.ask(AGGS + "&limit=8");
    Exchange.await(Future.all(first, same, other));
    exchange.get(AGGS + "&limit=7");

    assertThat(exchange.json("/sim/stats").getJsonObject("rest").getInteger("peakPerQuestion"))
        .isEqualTo(2);
  }

  @Test
  void shouldCutSockets() {
    Wire wire = exchange.subscribe("A.SPY");
    wire.next(FaultWireTest::isSecond);
    exchange.fault("{\"kind\":\"disconnect\",\"market\":\"stocks\"}");
    assertThat(wire.end()).isIn(-1, 1006);
    assertThat(exchange.json("/sim/faults").getJsonArray("faults")).isEmpty();
    exchange.subscribe("A.SPY").next(FaultWireTest::isSecond);
  }

  @Test
  void shouldMuteSocketsWhileRestGoesOn() {
    Wire wire = exchange.subscribe("A.SPY");
    wire.next(FaultWireTest::isSecond);
    exchange.fault("{\"kind\":\"mute\",\"market\":\"stocks\",\"marketSeconds\":120}");
    JsonObject clock = exchange.json("/sim/clock");
    assertThat(exchange.get(AGGS).statusCode()).isEqualTo(200);
    long until = clock.getLong("marketMillis") + 100_000;
    wire.next(event -> isSecond(event) && event.getLong("e") >= until);
  }

  @Test
  void shouldDropEvents() {
    exchange.fault("{\"kind\":\"drop\",\"market\":\"stocks\",\"percent\":50}");
    Wire wire = exchange.subscribe("A.SPY");
    Set<Long> starts = new HashSet<>();
    long first = wire.next(FaultWireTest::isSecond).getLong("s");
    JsonObject last = wire.next(event -> {
      starts.add(event.getLong("s", 0L));
      return event.getLong("s", 0L) > first + 120_000;
    });
    long seconds = (last.getLong("s") - first) / 1_000;
    assertThat(starts.size()).isBetween((int) seconds / 5, (int) (seconds * 4 / 5));
  }

  @Test
  void shouldDuplicateEvents() {
    exchange.fault("{\"kind\":\"duplicate\",\"percent\":100,\"channel\":\"A\"}");
    Wire wire = exchange.subscribe("A.SPY");
    JsonObject first = wire.next(FaultWireTest::isSecond);
    assertThat(wire.next(FaultWireTest::isSecond)).isEqualTo(first);
  }

  @Test
  void shouldReorderEvents() {
    exchange.fault("{\"kind\":\"reorder\",\"percent\":40}");
    Wire wire = exchange.subscribe("A.SPY");
    long[] before = {0};
    wire.next(event -> {
      boolean back = isSecond(event) && event.getLong("s") < before[0];
      before[0] = event.getLong("s", before[0]);
      return back;
    });
  }

  @Test
  void shouldSendEventsLate() {
    exchange.fault("{\"kind\":\"late\",\"percent\":100,\"count\":1,\"millis\":10000}");
    Wire wire = exchange.subscribe("A.SPY");
    long first = wire.next(FaultWireTest::isSecond).getLong("s");
    JsonObject late = wire.next(event -> isSecond(event) && event.getLong("s") < first);
    assertThat(late.getLong("s")).isLessThan(first);
  }

  @Test
  void shouldCorruptEvents() {
    exchange.fault("{\"kind\":\"corrupt\",\"percent\":100,\"count\":6}");
    Wire wire = exchange.subscribe("A.SPY");
    List<JsonObject> taken = wire.until(e -> isSecond(e)
        && e.getValue("s") instanceof Long
        && e.getValue("v") instanceof Number
        && e.containsKey("c")
        && e.getDouble("h") > 0);
    assertThat(taken).extracting(e -> e.getString("ev")).contains("broken", "odd");
    assertThat(taken).anyMatch(e -> e.getValue("s") instanceof String);
    assertThat(taken).anyMatch(e -> e.getValue("v") instanceof JsonObject);
  }

  @Test
  void shouldEvictAsIfThereWereTooManyConnections() {
    Wire wire = exchange.subscribe("A.SPY");
    wire.next(FaultWireTest::isSecond);
    exchange.fault("{\"kind\":\"max-connections\"}");
    wire.next(event -> event.getString("status", "").equals("max_connections"));
    assertThat(wire.end()).isEqualTo(1008);
    exchange.fault("{\"kind\":\"max-connections\",\"count\":1}");
    Wire again = exchange.subscribe("A.SPY");
    again.next(event -> event.getString("status", "").equals("max_connections"));
    assertThat(again.end()).isEqualTo(1008);
    exchange.subscribe("A.SPY").next(FaultWireTest::isSecond);
  }

  @Test
  void shouldRefuseAuthentication() {
    exchange.fault("{\"kind\":\"refuse-auth\",\"count\":1}");
    Wire wire = exchange.subscribe("A.SPY");
    wire.next(event -> event.getString("status", "").equals("auth_failed"));
    assertThat(wire.end()).isIn(-1, 1006);
    exchange.subscribe("A.SPY").next(FaultWireTest::isSecond);
  }

  @Test
  void shouldPlayADelayedPlanAndRefuseChannels() {
    exchange.fault("{\"kind\":\"delayed-only\"}");
    Wire wire = exchange.subscribe("A.SPY");
    wire.next(event -> event.getString("message", "").startsWith("You don't have access"));
    assertThat(exchange.json(AGGS).getString("status")).isEqualTo("DELAYED");
    assertThat(exchange.post("/sim/faults", "[]").statusCode()).isEqualTo(200);
    exchange.fault("{\"kind\":\"refuse-channel\",\"channel\":\"A\"}");
    Wire refused = exchange.subscribe("A.SPY,AM.SPY");
    refused.next(event -> event.getString("status", "").equals("auth_success"));
    assertThat(refused.status()).isEqualTo("error: not authorized");
    assertThat(refused.status()).isEqualTo("success: subscribed to: AM.SPY");
  }

  @Test
  void shouldHaltTradingForAll() {
    Wire wire = exchange.subscribe("A.SPY,LULD.SPY");
    wire.next(FaultWireTest::isSecond);
    exchange.fault("{\"kind\":\"halt\",\"symbol\":\"SPY\",\"marketSeconds\":60}");
    JsonObject band = wire.next(event ->
        event.getString("ev").equals("LULD") && event.getJsonArray("i").getInteger(0) == 17);
    long from = band.getLong("t") / 1_000_000 - 50;
    JsonObject after = wire.next(event -> isSecond(event) && event.getLong("s") >= from);
    assertThat(after.getLong("s")).isGreaterThanOrEqualTo(from + 60_000);
    JsonObject truth = exchange.json(
        "/sim/truth?ticker=SPY&timespan=second&from=" + from + "&to=" + (from + 59_999));
    assertThat(truth.getJsonArray("bars")).isEmpty();
    assertThat(truth.getJsonArray("intervals")).hasSize(1);
    assertThat(truth.getJsonArray("intervals").getJsonObject(0).getString("state"))
        .isEqualTo("halted");
    JsonObject rest =
        exchange.json("/v2/aggs/ticker/SPY/range/1/second/" + from + "/" + (from + 59_999));
    assertThat(rest.getInteger("resultsCount")).isZero();
  }

  @Test
  void shouldMoveAPriceWithAllThatFollowsIt() {
    Wire wire = exchange.subscribe("A.SPY");
    wire.next(FaultWireTest::isSecond);
    long before = exchange.json("/sim/clock").getLong("marketMillis");
    double spot = spot("SPY", before);
    exchange.fault("{\"kind\":\"drift\",\"symbol\":\"SPY\",\"percent\":4,\"marketSeconds\":60}");
    long over = exchange.json("/sim/clock").getLong("marketMillis") + 120_000;
    JsonObject moved = wire.next(event -> isSecond(event) && event.getLong("s") > over);
    long start = moved.getLong("s");
    JsonObject truth = exchange
        .json("/sim/truth?ticker=SPY&timespan=second&from=" + start + "&to=" + start)
        .getJsonArray("bars")
        .getJsonObject(0);

    assertThat(moved.getDouble("c") / spot).isBetween(1.035, 1.045);
    assertThat(truth.getDouble("c")).isEqualTo(moved.getDouble("c"));
    assertThat(spot("SPY", start) / spot).isBetween(1.035, 1.045);
    assertThat(spot("I:SPX", start) / spot("I:SPX", before)).isBetween(1.035, 1.045);
    assertThat(spot("SPY", before)).isEqualTo(spot);
    assertThat(spot("QQQ", start) / spot("QQQ", before)).isBetween(0.99, 1.01);
    assertThat(exchange
            .post("/sim/faults", "[{\"kind\":\"drift\",\"symbol\":\"I:SPX\",\"seconds\":5}]")
            .bodyAsString())
        .contains("cannot be moved");
  }

  /** Returns what the options are valued on. */
  private double spot(String underlying, long asOf) {
    return exchange
        .json("/sim/chain?underlying=" + underlying + "&expiration=2025-12-19&asOf=" + asOf)
        .getJsonArray("contracts")
        .stream()
        .map(JsonObject.class::cast)
        .filter(contract -> contract.containsKey("spot"))
        .mapToDouble(contract -> contract.getDouble("spot"))
        .max()
        .orElseThrow();
  }

  @Test
  void shouldRefuseMalformedDocumentsNamingWhatIsWrong() {
    var response = exchange.post("/sim/faults", "[{\"kind\":\"melt\"}]");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.bodyAsJsonObject().getString("error")).contains("kind = 'melt'");
    assertThat(exchange.get("/sim/truth?ticker=NOPE&from=1&to=2").statusCode()).isEqualTo(400);
    assertThat(exchange.get("/sim/truth?ticker=SPY&to=2").bodyAsString()).contains("'from'");
    assertThat(exchange.get("/sim/nothing").statusCode()).isEqualTo(404);
  }
}
