package io.candlehub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A Node process with Express that serves one file. Its packages are installed by the lock file at first use. */
final class ExpressProcess implements AutoCloseable {
  private static final String READY = "ready ";
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "server.mjs");

  private final Process process;
  private final String url;

  private ExpressProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static ExpressProcess start(Path file) throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "candlehub-bench-express");
    Files.createDirectories(folder);
    for (String name : FILES) {
      try (InputStream in = Objects.requireNonNull(
          ExpressProcess.class.getResourceAsStream("express/" + name), name)) {
        Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(folder.resolve("node_modules").resolve("express"))) {
      System.out.println("installing Express");
      run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    Process process = new ProcessBuilder("node", "server.mjs", file.toString())
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new IOException("Express did not become ready");
    }
    return new ExpressProcess(process, line.substring(READY.length()));
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  String url() {
    return url;
  }

  /** Returns the processor time used so far in milliseconds. */
  long processorMillis() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
