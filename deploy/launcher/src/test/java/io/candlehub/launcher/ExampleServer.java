package io.candlehub.launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server of docs/examples, as its reader starts it, with a stand-in where TradingView's library would be. */
final class ExampleServer implements AutoCloseable {
  private static final Path WEB = Path.of("..", "..", "gateway-verticle", "src", "main", "web");
  static final Path EXAMPLES = Path.of("..", "..", "docs", "examples");

  private final Process process;
  private final String url;

  private ExampleServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Skips the test where the pages have nothing to show with. */
  static void assumeInstalled() {
    assumeTrue(
        Files.isDirectory(WEB.resolve("node_modules").resolve("lightweight-charts")),
        "skipped: lightweight-charts is not installed (npm is missing)");
  }

  /** Starts the server on a port that the hub knows as an allowed origin. */
  static ExampleServer start(String hubUrl, int port) throws IOException {
    String library =
        WEB.resolve("test").resolve("charting-library").toAbsolutePath().toString();
    Process process = new ProcessBuilder(
            "node", "serve.mjs", hubUrl, Integer.toString(port), library)
        .directory(EXAMPLES.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    String ready = "examples ready ";
    if (line == null || !line.startsWith(ready)) {
      process.destroy();
      throw new AssertionError("not ready: " + line);
    }
    return new ExampleServer(process, line.substring(ready.length()));
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
