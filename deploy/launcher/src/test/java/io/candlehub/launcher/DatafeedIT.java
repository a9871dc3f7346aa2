package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stretch of a day goes through the SDK's data feed into lightweight-charts and into a stand-in for TradingView's
 * library that throws where the real one does, both in a real browser: late, doubled, swapped, lost and damaged events,
 * corrections, a split over night, outages and failing REST. No rule of a library is broken, history is asked for no
 * oftener than the user and the resets demand, and both charts end as REST has them.
 */
@Timeout(1200)
class DatafeedIT {
  private static final int MINUTES = Integer.getInteger("candlehub.datafeed.minutes", 8);
  private static final long MINUTE = 60_000;
  /** Parity repairs what a connected stream lost within a quarter of an hour. */
  private static final long REPAIR_MILLIS = 16 * MINUTE;

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int SCROLLS = 2;

  private static final String WATCH = """
      () => {
        globalThis.seen = new Set();
        const { stream } = example.attached;
        setInterval(() => {
          seen.add(stream.health.mode);
          stream.intervals.forEach(({ state }) => seen.add(state));
          stream.bars.slice(-100).forEach(({ state }) => seen.add(state));
        }, 50);
      }
      """;

  @TempDir
  Path folder;

  private HubProcess hub;
  private String symbol = "";
  private int requests;

  @Test
  void shouldEndAsRestOnAnInventedDayThatBeginsWithASplit() throws Exception {
    Set<String> seen = live(
        "BRK.B", Map.of("simulator.start", "2025-06-09T19:50-04:00"), "2025-06-10T09:28:00-04:00");
    assertThat(seen).contains("LIVE", "DEGRADED", "outage", "revised");
  }

  @Test
  void shouldEndAsRestOnAReplayedDayThatBeginsWithASplit() throws Exception {
    Path files = folder.resolve("flat-files");
    GeneratedDay generator = new GeneratedDay();
    generator.write(files, LocalDate.of(2013, 10, 7));
    generator.write(files, LocalDate.of(2013, 10, 8));
    Files.writeString(
        files.resolve("splits.csv"),
        "ticker,execution_date,split_from,split_to\n" + GeneratedDay.TICKER + ",2013-10-08,1,2\n");
    Map<String, String> settings = Map.of(
        "simulator.mode",
        "replay",
        "simulator.replay-path",
        files.toString(),
        "simulator.start",
        "2013-10-07T10:50-04:00");
    Set<String> seen = live(GeneratedDay.TICKER, settings, "2013-10-08T09:28:00-04:00");
    assertThat(seen).contains("LIVE", "DEGRADED", "outage");
  }

  /** Returns which modes of health, kinds of time without bars and states of bars were shown on the way. */
  private Set<String> live(String ticker, Map<String, String> settings, String morning)
      throws Exception {
    ExampleServer.assumeInstalled();
    symbol = ticker;
    int port = FreePort.find();
    Map<String, String> all = new TreeMap<>(settings);
    all.put("http.allowed-origins", "http://127.0.0.1:" + port);
    try (BrowserWindow browser = BrowserWindow.open();
        HubProcess started = HubProcess.start(folder, all);
        ExampleServer server = ExampleServer.start(started.url(), port)) {
      hub = started;
      String query = ".html?symbol=" + symbol;
      Page drawn = browser.page(server.url() + "/live-chart" + query, ColorScheme.LIGHT);
      Page library = browser.page(server.url() + "/charting-library" + query, ColorScheme.LIGHT);
      drawn.onResponse(response -> {
        if (response.url().contains("/api/market/aggs")) {
          requests++;
        }
      });
      browser.await(drawn, "() => globalThis.example?.attached.stream.ready");
      browser.await(library, "() => globalThis.example?.widget?.library.bars.length > 0");
      drawn.evaluate(WATCH);
      scrollBack(drawn, library);
      passOverNight(morning);
      browser.await(drawn, "() => example.attached.stream.snapshots > 1");
      browser.await(library, "() => example.datafeed.stats.resets > 0");
      scrollBack(drawn, library);
      misbehave(OffsetDateTime.parse(morning).toInstant().toEpochMilli());
      hub.setClock(new JsonObject().put("paused", true));
      return judge(drawn, library, browser);
    }
  }

  private static void scrollBack(Page drawn, Page library) {
    drawn.evaluate("() => example.attached.loadOlder()");
    library.evaluate("() => example.widget.library.scrollBack(3000)");
  }

  private void passOverNight(String morning) throws Exception {
    long begin = now();
    hub.setClock(new JsonObject().put("speed", 60));
    waitUntil(begin + 2 * MINUTE);
    hub.setClock(new JsonObject().put("seekTo", morning));
  }

  private void misbehave(long begin) throws Exception {
    long length = MINUTES * MINUTE;
    List<FaultSchedule.Hit> hits =
        new ArrayList<>(FaultSchedule.of(11, MINUTES, length).hits());
    JsonObject late = new JsonObject("{\"kind\":\"late\",\"market\":\"stocks\",\"percent\":30}");
    hits.add(hit(MINUTE, late, 3 * MINUTE));
    JsonObject outage = new JsonObject("{\"kind\":\"disconnect\",\"market\":\"stocks\"}");
    hits.add(hit(length / 2, outage, 3 * MINUTE));
    JsonObject failing =
        new JsonObject("{\"kind\":\"error\",\"path\":\"/v2/aggs\",\"status\":503}");
    hits.add(hit(length / 2, failing, 2 * MINUTE));
    hits.sort(Comparator.comparingLong(FaultSchedule.Hit::atMillis));
    for (FaultSchedule.Hit next : hits) {
      waitUntil(begin + next.atMillis());
      hub.faults(next.fault());
    }
    waitUntil(begin + new FaultSchedule(hits).endMillis() + REPAIR_MILLIS);
  }

  private static FaultSchedule.Hit hit(long at, JsonObject fault, long length) {
    return new FaultSchedule.Hit(at, fault.put("marketSeconds", length / 1000), at + length);
  }

  private Set<String> judge(Page drawn, Page library, BrowserWindow browser) throws Exception {
    String points = "() => JSON.stringify(example.series.data().map((it, i) =>"
        + " ({ t: it.time * 1000, o: it.open, h: it.high, l: it.low, c: it.close,"
        + " v: example.volume.data()[i].value })))";
    String bars = "() => JSON.stringify(example.widget.library.bars.map((it) =>"
        + " ({ t: it.time, o: it.open, h: it.high, l: it.low, c: it.close, v: it.volume })))";
    await("lightweight-charts equals REST").atMost(SOON).untilAsserted(() -> same(drawn, points));
    await("the library equals REST").atMost(SOON).untilAsserted(() -> same(library, bars));

    JsonObject attached = json(drawn, "() => JSON.stringify(example.attached.stats)");
    JsonObject stats = json(library, "() => JSON.stringify(example.datafeed.stats)");
    String held =
        "() => JSON.stringify({ seen: [...seen], bars: example.attached.stream.bars.length,"
            + " snapshots: example.attached.stream.snapshots })";
    JsonObject stream = json(drawn, held);
    System.out.printf(
        "data feed [symbol: %s, faults: %d, stream: %s, lightweight: %s, library: %s]%n",
        symbol, MINUTES + 3, stream.encode(), attached.encode(), stats.encode());
    drawn.screenshot(screenshot("lightweight"));
    library.screenshot(screenshot("library"));

    String errors = "() => JSON.stringify(example.widget.library.errors)";
    assertThat(new JsonArray((String) library.evaluate(errors))).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(stats.getInteger("getBars"))
        .as("questions for history: the first, each reset, each scroll")
        .isLessThanOrEqualTo(1 + stats.getInteger("resets") + SCROLLS);
    assertThat(stats.getInteger("requests")).isLessThanOrEqualTo(4 * SCROLLS);
    assertThat(attached.getInteger("requests")).isLessThanOrEqualTo(SCROLLS);
    assertThat(requests).isLessThanOrEqualTo(3 * SCROLLS);
    return stream.getJsonArray("seen").stream().map(String::valueOf).collect(Collectors.toSet());
  }

  private static Page.ScreenshotOptions screenshot(String name) {
    return new Page.ScreenshotOptions().setPath(Path.of("target", "datafeed-" + name + ".png"));
  }

  private static JsonObject json(Page page, String script) {
    return new JsonObject((String) page.evaluate(script));
  }

  private void same(Page page, String script) throws Exception {
    List<String> shown = values(new JsonArray((String) page.evaluate(script)));
    long first = Long.parseLong(shown.get(0).split(" ", 2)[0]);
    String path = "/api/market/aggs?timeframe=1m&limit=50000&ticker=" + symbol + "&from=" + first;
    assertThat(shown)
        .hasSizeGreaterThan(100)
        .isEqualTo(values(hub.json(path).getJsonArray("bars")));
  }

  private static List<String> values(JsonArray bars) {
    return ClientProcess.list(bars).stream().map(FlatFile.Row::values).toList();
  }

  private long now() throws IOException, InterruptedException {
    return hub.exchange("/sim/clock").getLong("marketMillis");
  }

  private void waitUntil(long marketMillis) {
    await("market time")
        .atMost(Duration.ofMinutes(15))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> now() >= marketMillis);
  }
}
