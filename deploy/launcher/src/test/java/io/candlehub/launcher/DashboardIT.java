package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
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

  private static final String STREAM_IS = "symbol => window.candlehub.stream().symbol === symbol"
      + " && window.candlehub.stream().epoch";
  private static final String NUMBERS_OF_A_CONTRACT = """
      () => {
        const text = (id) => document.querySelector(`[data-testid=${id}]`)?.textContent;
        const book = document.querySelector('[data-testid=book-bids] b')?.textContent;
        return Number(text('quote-bid')) < 100 && book === text('quote-bid') && text('quote-iv').endsWith('%');
      }
      """;

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
    page.waitForSelector("[data-testid=health-badge][data-mode=LIVE]");
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
  void shouldSwitchQuoteTapeBookAndChartToTheSelectedContract() {
    String contract = liveCallAtTheMoney();
    page.locator("[data-symbol='" + contract + "'] [data-field=last]").click();

    page.waitForFunction("symbol => window.candlehub.symbol() === symbol", contract);
    assertThat(page.getByTestId("quote-symbol").textContent()).startsWith("SPY").endsWith("call");
    page.waitForFunction(NUMBERS_OF_A_CONTRACT);
    assertThat(page.getByTestId("quote-delta").textContent()).startsWith("0.");
    page.waitForFunction("() => Number(document.querySelector('[data-testid=tape-list] b')"
        + "?.textContent) < 100");
    page.waitForFunction(STREAM_IS, contract);
    page.waitForFunction("() => document.querySelector('[data-testid=session-banner]').textContent"
        + ".includes('Intraday bars are those of SPY, the underlying.')");
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "chain-dark.png")));

    page.getByTestId("timeframe-1d").click();
    page.waitForFunction("() => window.candlehub.stream().timeframe === '1d'");
    page.waitForFunction(STREAM_IS, contract);
    page.waitForFunction("() => !document.querySelector('[data-testid=session-banner]').textContent"
        + ".includes('those of SPY')");
    page.locator("[data-testid=watch-list] [data-symbol=QQQ] .watch-go").click();
    page.waitForFunction("() => window.candlehub.stream().symbol === 'QQQ'");
    assertThat(page.getByTestId("quote-symbol").textContent()).isEqualTo("QQQ");
    page.waitForSelector("[data-testid=chain-grid] [data-symbol^='O:QQQ']");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldTellLiveCellsFromOthersAndWhyValuesAreMissing() throws Exception {
    liveCallAtTheMoney();
    page.getByTestId("chain-grid").evaluate("grid => grid.scrollTop = 0");
    Locator missing = page.locator(".half.put [data-field=bid][data-missing]").nth(4);
    missing.hover();
    page.waitForFunction("() => !document.querySelector('[data-testid=tip]').hidden");

    assertThat(page.getByTestId("tip").textContent())
        .as("not quoted on one side, or not at all and then not told")
        .containsPattern("^No bid: (nobody bids|the provider did not tell it)");
    assertThat(missing.textContent()).isEqualTo("–");
    assertThat(page.locator(".half[data-state=live]").count()).isZero();
    assertThat(
            (int) page.evaluate("() => document.querySelectorAll('.chain-body .chain-row').length"))
        .isLessThan(40);

    page.getByTestId("chain-grid").focus();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    page.waitForFunction("() => window.candlehub.symbol().startsWith('O:SPY')");
    page.waitForSelector(".half[data-state=live]");
    hub.setClock(new JsonObject().put("paused", true));
    page.waitForFunction("() => document.querySelector('[data-testid=chain-state]').textContent"
        + " === 'Market paused' && !document.querySelector('.half[data-state=live]')");
    assertThat(browser.complaints()).isEmpty();
  }

  /** Waits for the chain at the money to stream; returns a call there. */
  private String liveCallAtTheMoney() {
    Locator call = page.locator(".chain-row[data-atm] .half.call[data-state=live]");
    call.waitFor();
    return call.getAttribute("data-symbol");
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
