package io.candlehub.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the time from the start of the process to its ready line, and the memory at rest. */
@Command(
    name = "start",
    description = "Start to ready, and memory at rest.",
    mixinStandardHelpOptions = true)
final class StartBench implements Callable<Integer> {
  @Option(
      names = "--jar",
      defaultValue = "deploy/launcher/target/candlehub.jar",
      description = "The program.")
  private Path jar;

  @Option(names = "--runs", defaultValue = "5", description = "How often to start.")
  private int runs;

  @Option(
      names = "--rest-seconds",
      defaultValue = "20",
      description = "How long to rest before memory is read.")
  private int restSeconds;

  @Override
  public Integer call() throws Exception {
    double[] ready = new double[runs];
    double[] resident = new double[runs];
    for (int i = 0; i < runs; i++) {
      try (ProgramProcess program = ProgramProcess.start(jar, Map.of())) {
        ready[i] = program.readyNanos() / 1e9;
        rest();
        resident[i] = program.process().residentBytes() / 1048576.0;
      }
      System.out.printf(
          "run %d: ready after %.2f s, %.0f MB at rest%n", i + 1, ready[i], resident[i]);
    }
    System.out.printf(
        "| start to ready, median of %d | %.2f s |%n| resident memory after %d s without clients, median | %.0f MB |%n",
        runs, median(ready), restSeconds, median(resident));
    return 0;
  }

  private void rest() throws InterruptedException {
    if (new CountDownLatch(1).await(restSeconds, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody counts down");
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
