package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages and programs of docs/examples, started as their readers start them, and the files that they load. */
@Timeout(180)
class ExamplesIT {
  @TempDir
  Path folder;

  private HubProcess hub;
  private ExampleServer server;

  @BeforeEach
  void start() throws Exception {
    ExampleServer.assumeInstalled();
    int port = FreePort.find();
    hub = HubProcess.start(
        folder, Map.of("http.allowed-origins", "http://127.0.0.1:" + port, "simulator.speed", "5"));
    server = ExampleServer.start(hub.url(), port);
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void shouldServeTheSdkToOtherPages() throws Exception {
    for (String name : new String[] {"candlehub", "candlehub-datafeed"}) {
      for (String suffix : new String[] {".js", ".global.js"}) {
        HttpResponse<String> file =
            hub.get("/sdk/" + name + suffix, "Origin", server.url(), "Accept-Encoding", "gzip");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type"))
            .contains("text/javascript; charset=utf-8");
        assertThat(file.headers().firstValue("Access-Control-Allow-Origin")).contains(server.url());
        assertThat(file.headers().firstValue("Cache-Control")).contains("no-cache");
        String tag = file.headers().firstValue("ETag").orElseThrow();
        assertThat(hub.get("/sdk/" + name + suffix, "If-None-Match", tag).statusCode())
            .isEqualTo(304);
      }
      assertThat(hub.get("/sdk/" + name + ".d.ts").body()).contains("export");
    }
  }

  @Test
  void shouldShowEachPage() {
    try (BrowserWindow browser = BrowserWindow.open()) {
      Page index = browser.page(server.url() + "/", ColorScheme.LIGHT);
      for (String link : new String[] {"live-chart", "quotes", "charting-library"}) {
        Page page = browser.page(server.url() + "/", ColorScheme.LIGHT);
        page.click("a[href='" + link + ".html']");
        page.waitForURL("**/" + link + ".html");
        browser.await(page, switch (link) {
          case "live-chart" -> "() => example.attached.stats.updates > 5";
          case "quotes" ->
            "() => [...document.querySelectorAll('tbody tr')].length === 4"
                + " && [...document.querySelectorAll('td:nth-child(2)')]"
                + ".every((cell) => Number(cell.textContent) > 0)";
          default -> "() => example.widget.library.counts.ticks > 5";
        });
        page.screenshot(new Page.ScreenshotOptions()
            .setPath(Path.of("target", "example-" + link + ".png")));
      }
      index.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target", "example-index.png")));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void shouldFollowAStreamWithNode() throws Exception {
    Process follow = new ProcessBuilder(
            "node", "--experimental-websocket", "follow.mjs", "SPY", "1m", hub.url())
        .directory(ExampleServer.EXAMPLES.toFile())
        .redirectError(folder.resolve("follow.log").toFile())
        .start();
    try (BufferedReader lines = follow.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).contains(" bars, the newest ");
      assertThat(lines.readLine()).contains(" SPY o ").endsWith(" live");
    } finally {
      follow.destroy();
    }
  }
}
