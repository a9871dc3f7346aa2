package io.candlehub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A Node process with Express that serves one file. */
final class ExpressProcess implements AutoCloseable {
  private static final String READY = "ready ";

  private final MeasuredProcess measured;
  private final String url;

  private ExpressProcess(Process process, String url) {
    this.measured = new MeasuredProcess(process);
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

  /** Returns the process, for what the kernel counts. */
  MeasuredProcess process() {
    return measured;
  }

  @Override
  public void close() {
    measured.close();
  }
}
