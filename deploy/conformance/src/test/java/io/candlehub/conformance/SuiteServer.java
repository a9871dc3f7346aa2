package io.candlehub.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The runnable jar in a process of its own, as somebody starts it who runs a public suite. */
final class SuiteServer implements AutoCloseable {
  private static final Path JAR =
      Path.of(System.getProperty("candlehub.test.jar", "target/candlehub-conformance.jar"));
  private static final String READY = "conformance ready ";
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final String url;

  private SuiteServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static SuiteServer start(String app)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString(),
            "--app",
            app)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(() -> firstLine(process.inputReader(StandardCharsets.UTF_8)));
    String ready = line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ready.startsWith(READY)) {
      process.destroyForcibly();
      throw new AssertionError("not ready: " + ready);
    }
    return new SuiteServer(process, ready.substring(READY.length()));
  }

  private static String firstLine(BufferedReader output) {
    try {
      return Optional.ofNullable(output.readLine()).orElse("ended");
    } catch (IOException e) {
      return "could not read: " + e.getMessage();
    }
  }

  /** Returns where it listens, without a path. */
  String url() {
    return url;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
