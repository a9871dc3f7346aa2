package io.candlehub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A Node process with Express that serves one file. */
final class ExpressProcess implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final String url;

  private ExpressProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static ExpressProcess start(Path file) throws IOException, InterruptedException {
    Path folder = NodeProject.install("express");
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
