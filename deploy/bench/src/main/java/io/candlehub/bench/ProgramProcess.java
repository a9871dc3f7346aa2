package io.candlehub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program under measurement, in a process of its own. */
final class ProgramProcess implements AutoCloseable {
  private static final String READY = "candlehub ready ";

  private final Process process;
  private final String url;
  private final long readyNanos;

  private ProgramProcess(Process process, String url, long readyNanos) {
    this.process = process;
    this.url = url;
    this.readyNanos = readyNanos;
  }

  static ProgramProcess start(Path jar, Map<String, String> settings) throws IOException {
    return start(jar, List.of(), settings);
  }

  static ProgramProcess start(Path jar, List<String> jvmOptions, Map<String, String> settings)
      throws IOException {
    Path folder = Files.createTempDirectory("candlehub-bench");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of("--set", "http.port=0", "--set", "store.data-dir=" + folder));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    long begun = System.nanoTime();
    Process process = new ProcessBuilder(command)
        .redirectError(folder.resolve("log").toFile())
        .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new IOException(
          "the program did not become ready: " + Files.readString(folder.resolve("log")));
    }
    return new ProgramProcess(process, line.substring(READY.length()), System.nanoTime() - begun);
  }

  String url() {
    return url;
  }

  /** Returns how long the program took from the start of its process to its ready line. */
  long readyNanos() {
    return readyNanos;
  }

  /** Returns the resident memory in kilobytes as the kernel counts it. */
  long residentKilobytes() throws IOException {
    return status("VmRSS");
  }

  /** Returns the bytes on the heap that are still in use after a collection. */
  long liveHeapBytes() throws IOException {
    Process histogram = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(process.pid()),
            "GC.class_histogram")
        .start();
    try (BufferedReader lines = histogram.inputReader(StandardCharsets.UTF_8)) {
      // Total, then instances and bytes
      String total = lines
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("Total"))
          .findFirst()
          .orElseThrow(() -> new IOException("jcmd did not tell the heap"));
      return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1));
    }
  }

  private long status(String field) throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + field + " for process " + process.pid());
  }

  /** Returns the processor time used so far in milliseconds. */
  long processorMillis() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
