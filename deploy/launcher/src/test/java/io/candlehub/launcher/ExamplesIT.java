package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        browser.await(
            page,
            switch (link) {
              case "live-chart" -> "() => globalThis.example?.attached.stats.updates > 5";
              case "quotes" ->
                "() => [...document.querySelectorAll('tbody tr')].length === 4"
                    + " && [...document.querySelectorAll('td:nth-child(2)')]"
                    + ".every((cell) => Number(cell.textContent) > 0)";
              default -> "() => globalThis.example?.widget?.library.counts.ticks > 5";
            });
        page.screenshot(
            new Page.ScreenshotOptions().setPath(Path.of("target", "example-" + link + ".png")));
      }
      index.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target", "example-index.png")));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void shouldFollowAStreamWithNode() throws Exception {
    List<String> lines = firstLines(
        ExampleServer.EXAMPLES, "--experimental-websocket", "follow.mjs", "SPY", "1m", hub.url());
    assertThat(lines.get(0)).contains(" bars, the newest ");
    assertThat(lines.get(1)).contains(" SPY o ").containsPattern(" (live|final)$");
  }

  @Test
  void shouldFollowAStreamThroughTheOfficialClientByPolling() throws Exception {
    NodeClient.assumeInstalled();
    List<String> lines = firstLines(NodeClient.FOLDER, "sdk-polling.mjs", hub.url(), "SPY");
    assertThat(lines.get(0)).matches("snapshot \\d{3,}");
    assertThat(lines.get(1)).matches("update \\d+");
  }

  /** Returns the first two lines that a program for Node prints, and ends it. */
  private List<String> firstLines(Path where, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command)
        .directory(where.toFile())
        .redirectError(folder.resolve("node.log").toFile())
        .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      return List.of(String.valueOf(lines.readLine()), String.valueOf(lines.readLine()));
    } finally {
      process.destroy();
    }
  }
}
