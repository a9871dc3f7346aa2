package io.candlehub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program under measurement, in a process of its own. */
final class ProgramProcess implements AutoCloseable {
  private static final String READY = "candlehub ready ";

  private final MeasuredProcess measured;
  private final String url;
  private final long readyNanos;

  private ProgramProcess(Process process, String url, long readyNanos) {
    this.measured = new MeasuredProcess(process);
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

  /** Returns the bytes on the heap that are still in use after a collection. */
  long liveHeapBytes() throws IOException {
    Process histogram = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(measured.id()),
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

  /** Returns the process, for what the kernel counts. */
  MeasuredProcess process() {
    return measured;
  }

  @Override
  public void close() {
    measured.close();
  }
}
