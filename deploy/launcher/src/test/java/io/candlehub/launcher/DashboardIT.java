package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on the real program. */
@Timeout(180)
class DashboardIT {
  private static final int BREAKS = Integer.getInteger("dashboard.breaks", 20);

  @TempDir
  Path folder;

  private HubProcess hub;
  private BrowserWindow browser;
  private Page page;

  @BeforeEach
  void openPage() throws Exception {
    browser = BrowserWindow.open();
    hub = HubProcess.start(folder, Map.of("http.allowed-hosts", "127.0.0.1"));
    assumeTrue(
        hub.get("/").body().contains("app.js"), "skipped: the page was not built (npm is missing)");
    page = browser.page(hub.url() + "/", ColorScheme.DARK);
  }

  @AfterEach
  void end() {
    if (browser != null) {
      browser.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void shouldShowCandlesThatMove() {
    page.waitForFunction("() => window.candlehub && window.candlehub.bars().length > 300");
    page.evaluate("""
        () => {
          window.seen = new Set();
          setInterval(() => {
            const last = window.candlehub.bars().at(-1);
            window.seen.add(JSON.stringify([last.t, last.c, last.v]));
          }, 50);
        }
        """);
    page.waitForFunction("() => window.seen.size > 3");

    assertThat(page.getByTestId("session-banner").textContent()).containsIgnoringCase("simulated");
    assertThat(page.getByTestId("health-badge").getAttribute("data-mode")).isEqualTo("LIVE");
    page.waitForFunction(
        "() => document.querySelector('[data-testid=ticker-last]').textContent.length > 2");
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "dashboard-dark.png")));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldSwitchTimeframeAndSymbolOnOneConnection() {
    page.waitForFunction("() => window.candlehub && window.candlehub.bars().length > 300");
    page.getByTestId("timeframe-5m").click();
    page.waitForFunction(
        "() => window.candlehub.stream().timeframe === '5m' && window.candlehub.stream().epoch");
    page.getByTestId("symbol-input").fill("QQQ");
    page.getByTestId("symbol-input").press("Enter");
    page.waitForFunction(
        "() => window.candlehub.stream().symbol === 'QQQ' && window.candlehub.stream().epoch");
    page.waitForFunction("() => window.candlehub.updates > 1");

    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "dashboard-light.png")));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldShowWhatRestShowsAfterTheConnectionBrokeTwentyTimes() throws Exception {
    String bars = "() => JSON.stringify(window.candlehub.bars())";
    try (LossyRelay relay = new LossyRelay(URI.create(hub.url()).getPort())) {
      page.navigate(relay.url() + "/");
      page.waitForFunction("() => window.candlehub && window.candlehub.bars().length > 300");
      hub.setClock(new JsonObject().put("speed", 20));
      for (int i = 0; i < BREAKS; i++) {
        int updates = (int) page.evaluate("() => window.candlehub.updates");
        await("the page is connected").atMost(Duration.ofSeconds(30)).until(() -> relay.cut() > 0);
        page.waitForFunction(
            "(before) => window.candlehub.connected() && window.candlehub.updates > before",
            updates);
      }
      assertThat((int) page.evaluate("() => window.candlehub.snapshots")).isEqualTo(1);
      hub.setClock(new JsonObject().put("paused", true));
      await("the chart equals REST").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
        List<JsonObject> shown = ClientProcess.list(new JsonArray((String) page.evaluate(bars)));
        List<JsonObject> told = ClientProcess.list(hub.json(
                "/api/market/aggs?ticker=SPY&timeframe=1m&from=" + shown.get(0).getLong("t"))
            .getJsonArray("bars"));
        assertThat(shown).hasSameSizeAs(told);
        for (int i = 0; i < told.size(); i++) {
          assertThat(FlatFile.Row.values(shown.get(i))).isEqualTo(FlatFile.Row.values(told.get(i)));
        }
      });
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target", "dashboard-restored.png")));
    }
  }
}
