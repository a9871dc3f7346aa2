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
  void shouldReplayOptionsOnBothSides() {
    long ten = 1_401_976_800_000L;
    String call = "O:ABC140621C00010000";
    List<String> quotes = new ArrayList<>();
    List<String> minutes = new ArrayList<>();
    for (int i = -3; i < 30; i++) {
      long start = ten + i * 60_000L;
      quotes.add(call + ",,1.3,7,,1.1,5,1," + (start + 59_999) + "999999");
      minutes.add(call + ",3,1.1,1.2,1.2,1.1," + start + "000000,");
    }
    String header = "ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,"
        + "sequence_number,sip_timestamp";
    new FlatFileFolder(folder)
        .packed("us_options_opra/quotes_v1", "2014-06-05", header, quotes)
        .packed("us_options_opra/minute_aggs_v1", "2014-06-05", FlatFileFolder.BARS, minutes);
    try (Exchange exchange = Exchange.start(
        "replay-path", folder.toString(), "start", "2014-06-05T10:00-04:00", "speed", "0.001")) {
      JsonObject row =
          exchange.json("/v3/snapshot/options/ABC").getJsonArray("results").getJsonObject(0);
      assertThat(row.getJsonObject("greeks")).isEmpty();
      assertThat(row.getJsonObject("last_quote").getDouble("bid")).isEqualTo(1.1);
      assertThat(row.getJsonObject("day").getInteger("volume")).isEqualTo(9);
      JsonObject option = exchange
          .broker("options/chains?symbol=ABC&expiration=2014-06-21&greeks=true")
          .getJsonObject("options")
          .getJsonObject("option");
      assertThat(option.getValue("greeks")).isNull();
      assertThat(option.getDouble("ask")).isEqualTo(1.3);
      Wire wire = exchange.connect("/options");
      wire.say("auth", Exchange.KEY);
      wire.say("subscribe", "AM.*,Q." + call);
      wire.next(event -> event.getString("message", "").endsWith(call));
      exchange.run(600);
      assertThat(wire.next(event -> event.getString("ev").equals("AM")).getString("sym"))
          .isEqualTo(call);
      assertThat(wire.next(event -> event.getString("ev").equals("Q")).getDouble("ap"))
          .isEqualTo(1.3);
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
