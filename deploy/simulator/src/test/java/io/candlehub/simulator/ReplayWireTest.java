package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.replay.FlatFileFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayWireTest {
  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();

  @TempDir
  Path folder;

  @Test
  void shouldReplayTheMinuteFileAndStopAfterTheLastDay() {
    long close = CALENDAR.day(LocalDate.of(2013, 10, 7)).orElseThrow().postCloseMillis();
    List<String> rows = new ArrayList<>();
    for (int i = 20; i > 0; i--) {
      double o = 10 + i * 0.01;
      rows.add("ABC," + i * 100 + "," + o + "," + (o + 0.01) + "," + (o + 0.02) + "," + (o - 0.01)
          + "," + (close - i * 60_000L) + "000000,");
    }
    new FlatFileFolder(folder).packed("minute_aggs_v1", "2013-10-07", FlatFileFolder.BARS, rows);
    try (Exchange exchange = Exchange.start(
        "replay-path", folder.toString(), "start", "2013-10-07T19:35-04:00", "speed", "0.001")) {
      assertThat(exchange.json("/sim/clock").getString("marketId"))
          .startsWith("replay-")
          .endsWith("@20131007T193500");
      Wire wire = exchange.subscribe("A.ABC,AM.ABC");
      wire.next(event -> event.getString("message", "").endsWith("AM.ABC"));
      exchange.run(1_200);
      List<JsonObject> minutes = new ArrayList<>();
      wire.next(event -> {
        if (event.getString("ev").equals("AM")) {
          minutes.add(event);
        }
        return event.getLong("e", 0L) == close && event.getString("ev").equals("AM");
      });
      JsonArray truth =
          exchange.json("/sim/truth?ticker=ABC&from=2013-10-07&to=2013-10-07").getJsonArray("bars");
      assertThat(minutes).hasSize(20);
      assertThat(truth).hasSize(20);
      for (int i = 0; i < 20; i++) {
        JsonObject bar = truth.getJsonObject(i);
        assertThat(minutes.get(i).getLong("s")).isEqualTo(bar.getLong("t"));
        assertThat(minutes.get(i).getDouble("c")).isEqualTo(bar.getDouble("c"));
        assertThat(minutes.get(i).getDouble("v")).isEqualTo(bar.getDouble("v"));
      }
      exchange.post("/sim/clock", "{\"seekTo\":\"2013-10-09T12:00-04:00\"}");
      JsonObject clock = exchange.json("/sim/clock");
      assertThat(clock.getBoolean("ended")).isTrue();
      assertThat(clock.getString("mode")).isEqualTo("replay");
      assertThat(exchange.json("/v1/marketstatus/now").getString("market")).isEqualTo("closed");
    }
  }

  @Test
  void shouldReplayTheSharedDataExactly() {
    String data = System.getProperty(
        "CANDLEHUB_SHARED_DATA", System.getenv().getOrDefault("CANDLEHUB_SHARED_DATA", ""));
    Assumptions.assumeTrue(
        !data.isEmpty() && Files.isDirectory(Path.of(data)),
        "skipped: CANDLEHUB_SHARED_DATA names no folder of recorded data");
    try (Exchange exchange =
        Exchange.start("replay-path", data, "start", "2013-10-07T09:25-04:00", "speed", "0.001")) {
      Wire wire = exchange.subscribe("AM.SPY,AM.IBM,AM.BAC");
      wire.next(event -> event.getString("message", "").endsWith("AM.BAC"));
      exchange.run(3_000);
      Map<String, Map<Long, JsonObject>> seen = new HashMap<>();
      long until = 1_381_152_600_000L + 45 * 60_000;
      wire.next(event -> {
        if (event.getString("ev").equals("AM")) {
          seen.computeIfAbsent(event.getString("sym"), s -> new HashMap<>())
              .put(event.getLong("s"), event);
        }
        return event.getLong("s", 0L) >= until;
      });
      for (String ticker : List.of("SPY", "IBM", "BAC")) {
        JsonArray truth = exchange
            .json("/sim/truth?ticker=" + ticker + "&from=1381152600000&to=" + (until - 60_000))
            .getJsonArray("bars");
        assertThat(truth).hasSize(45).allSatisfy(item -> {
          JsonObject bar = (JsonObject) item;
          JsonObject event = seen.get(ticker).get(bar.getLong("t"));
          for (String field : List.of("o", "h", "l", "c", "v")) {
            assertThat(event.getDouble(field)).isEqualTo(bar.getDouble(field));
          }
        });
      }
      exchange.post("/sim/clock", "{\"seekTo\":\"2013-10-07T10:06-04:00\"}");
      JsonObject five = exchange
          .json("/v2/aggs/ticker/SPY/range/5/minute/1381154400000/1381154400000")
          .getJsonArray("results")
          .getJsonObject(0);
      assertThat(five.getDouble("o")).isEqualTo(167.72);
      assertThat(five.getDouble("h")).isEqualTo(167.75);
      assertThat(five.getDouble("l")).isEqualTo(167.61);
      assertThat(five.getDouble("c")).isEqualTo(167.69);
      assertThat(five.getLong("v")).isEqualTo(1_765_059);
    }
  }
}
