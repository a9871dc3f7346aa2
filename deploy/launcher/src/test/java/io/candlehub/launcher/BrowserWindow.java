package io.candlehub.launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real Chromium without a display, and what its pages complain of. Confined to the test's thread. */
final class BrowserWindow implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final List<String> QUIET_FLAGS = List.of(
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private BrowserWindow(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts the browser; skips the test where there is none. */
  static BrowserWindow open() {
    assumeTrue(Files.exists(CHROMIUM), "skipped: no Chromium (deploy/test installs it)");
    Playwright playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser = playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(QUIET_FLAGS));
    return new BrowserWindow(playwright, browser);
  }

  /** Opens a page; what it writes to the console as an error, or throws, is a complaint. */
  Page page(String url, ColorScheme scheme) {
    Page page = browser.newPage(
        new Browser.NewPageOptions().setColorScheme(scheme).setViewportSize(1280, 760));
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.navigate(url);
    return page;
  }

  /** Waits until a script of a page says true; else names the complaints of the pages. */
  void await(Page page, String script) {
    try {
      page.waitForFunction(script);
    } catch (TimeoutError e) {
      throw new AssertionError("never true: " + script + ", complaints: " + complaints, e);
    }
  }

  /** Returns all complaints of all pages. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
