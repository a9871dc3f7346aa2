package io.candlehub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process under measurement, as the kernel sees it. Safe anywhere. */
final class MeasuredProcess implements AutoCloseable {
  private static final long END_SECONDS = 15;

  private final Process process;

  MeasuredProcess(Process process) {
    this.process = process;
  }

  long id() {
    return process.pid();
  }

  /** Returns its resident memory in bytes. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(id()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no resident memory of process " + id());
  }

  /** Returns the processor time used so far in milliseconds. */
  long processorMillis() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
  }

  /** Asks it to end, waits and insists. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
