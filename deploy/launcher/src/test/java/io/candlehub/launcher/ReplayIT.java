package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recorded stretch of a day goes through the whole program at speed 60. Whichever half of the provider fails, the
 * stream or REST, the charts of every client end bar for bar as the file has them.
 */
@Timeout(300)
class ReplayIT {
  private static final LocalDate DAY = LocalDate.of(2013, 10, 7);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final int MINUTES = Integer.getInteger("candlehub.replay.minutes", 20);
  private static final long FROM = at(LocalTime.of(9, 25));
  private static final long UNTIL = FROM + MINUTES * 60_000L;

  @TempDir
  Path folder;

  private HubProcess hub;

  @Test
  void shouldEqualPublishedBarsWhenRestFails() throws Exception {
    replay(sharedData(), "SPY", Half.STREAM);
  }

  @Test
  void shouldEqualPublishedBarsWhenStreamIsMute() throws Exception {
    replay(sharedData(), "SPY", Half.REST);
  }

  @Test
  void shouldEqualGeneratedBarsWhenRestFails() throws Exception {
    replay(generatedData(), GeneratedDay.TICKER, Half.STREAM);
  }

  @Test
  void shouldEqualGeneratedBarsWhenStreamIsMute() throws Exception {
    replay(generatedData(), GeneratedDay.TICKER, Half.REST);
  }

  /** Which half of the provider works. */
  private enum Half {
    STREAM("{\"kind\":\"error\",\"path\":\"/v2/aggs\",\"status\":500,\"seconds\":600}"),
    REST("{\"kind\":\"mute\",\"market\":\"stocks\",\"seconds\":600}");

    private final String fault;

    Half(String fault) {
      this.fault = fault;
    }
  }

  private void replay(Path data, String ticker, Half working) throws Exception {
    Map<String, String> settings = Map.of(
        "simulator.mode",
        "replay",
        "simulator.replay-path",
        data.toString(),
        "simulator.start",
        "2013-10-07T09:25:00-04:00");
    try (HubProcess started = HubProcess.start(folder, settings)) {
      hub = started;
      try (ClientProcess socketIo = ClientProcess.socketIo(hub.url(), ticker, "1m", "5m");
          ClientProcess bridge = ClientProcess.bridge(hub.url(), ticker, "1m", "5m")) {
        await("snapshots")
            .atMost(Duration.ofSeconds(20))
            .until(() -> joined(socketIo) && joined(bridge));
        hub.faults(new JsonObject(working.fault));
        long successes = aggregateSuccesses();
        hub.setClock(new JsonObject().put("speed", 60));
        await("market time")
            .atMost(Duration.ofMinutes(4))
            .until(() -> marketMillis() >= UNTIL + 90_000);

        List<FlatFile.Row> minutes =
            FlatFile.read(FlatFile.path(data, "minute_aggs_v1", DAY), ticker, FROM, UNTIL);
        compare(ticker, socketIo, bridge, minutes);
        assertThat(socketIo.dump().getJsonArray("errors")).isEmpty();
        if (working == Half.STREAM) {
          assertThat(aggregateSuccesses())
              .as("successful aggregates requests")
              .isEqualTo(successes);
        }
      }
    }
  }

  private void compare(
      String ticker, ClientProcess socketIo, ClientProcess bridge, List<FlatFile.Row> minutes) {
    for (int length : List.of(1, 5)) {
      String timeframe = length + "m";
      List<String> expected = expected(minutes, length);
      same(
          timeframe + " over Socket.IO", expected, () -> socketIo.bars(timeframe), minutes, length);
      same(timeframe + " over the bridge", expected, () -> bridge.bars(timeframe), minutes, length);
      same(timeframe + " over REST", expected, () -> restBars(ticker, timeframe), minutes, length);
    }
  }

  private static void same(
      String what,
      List<String> expected,
      Callable<List<JsonObject>> bars,
      List<FlatFile.Row> minutes,
      int length) {
    await(what)
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(bars.call().stream()
                .filter(bar -> bar.getLong("t") >= FROM && bar.getLong("t") < UNTIL)
                .map(bar -> FlatFile.Row.values(bar)
                    + (mustBeFinal(minutes, bar, length) ? bar.getBoolean("isFinal") : true)))
            .containsExactlyElementsOf(expected));
  }

  private static List<String> expected(List<FlatFile.Row> minutes, int length) {
    return FlatFile.rollUp(minutes, length * 60_000L).stream()
        .map(row -> row.values() + true)
        .toList();
  }

  /** A roll-up with a minute that has no bar stays open while REST cannot be asked whether that minute was quiet. */
  private static boolean mustBeFinal(List<FlatFile.Row> minutes, JsonObject bar, int length) {
    long from = bar.getLong("t");
    long present = minutes.stream()
        .filter(row -> row.t() >= from && row.t() < from + length * 60_000L)
        .count();
    return present == length;
  }

  private List<JsonObject> restBars(String ticker, String timeframe) throws Exception {
    return ClientProcess.list(
        hub.json("/api/market/aggs?ticker=" + ticker + "&timeframe=" + timeframe + "&limit=50000")
            .getJsonArray("bars"));
  }

  private static boolean joined(ClientProcess client) throws IOException {
    JsonObject charts = client.dump().getJsonObject("charts");
    return charts.containsKey("1m") && charts.containsKey("5m");
  }

  private long marketMillis() throws Exception {
    return hub.exchange("/sim/clock").getLong("marketMillis");
  }

  private long aggregateSuccesses() throws Exception {
    JsonObject paths = hub.exchange("/sim/stats").getJsonObject("rest").getJsonObject("paths");
    return paths.fieldNames().stream()
        .filter(path -> path.startsWith("/v2/aggs"))
        .mapToLong(path -> paths.getJsonObject(path).getJsonObject("results").getLong("200", 0L))
        .sum();
  }

  private static Path sharedData() {
    Optional<String> data = Optional.ofNullable(System.getenv("CANDLEHUB_SHARED_DATA"));
    assumeTrue(
        data.isPresent(), "skipped: no shared market data (the twin on generated data runs)");
    return Path.of(data.orElseThrow());
  }

  private Path generatedData() throws IOException {
    GeneratedDay generator = new GeneratedDay();
    generator.write(folder.resolve("flat-files"), DAY.minusDays(3));
    generator.write(folder.resolve("flat-files"), DAY);
    return folder.resolve("flat-files");
  }

  private static long at(LocalTime time) {
    return DAY.atTime(time).atZone(NEW_YORK).toInstant().toEpochMilli();
  }
}
