package io.candlehub.hub.store;

import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Process that writes to an embedded store and prints the number of each acknowledged batch until it is killed. */
final class StoreKilledWriter {
  static final List<Instrument> INSTRUMENTS =
      List.of(Instrument.of("SPY"), Instrument.of("BRK.B"), Instrument.of("O:SPY251219C00650000"));

  private static final String ACKNOWLEDGED = "acknowledged ";

  private static final long FIRST_MILLIS = 1_762_182_000_000L;

  private StoreKilledWriter() {}

  /** Starts the process. */
  static Process start(Path dataDir) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StoreKilledWriter.class.getName(),
            dataDir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Returns the number of the next acknowledged batch, or -1 if there are no more. */
  static int nextAcknowledged(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(ACKNOWLEDGED)) {
      line = output.readLine();
    }
    return line == null ? -1 : Integer.parseInt(line, ACKNOWLEDGED.length(), line.length(), 10);
  }

  static StoredBar barOf(int batch) {
    return Bars.bar(FIRST_MILLIS + batch * 60_000L, 45_000 + batch % 700, batch % 3);
  }

  /** Writes for ever into the folder given as first argument. */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    CandleStore store = EmbeddedCandleStore.open(
            vertx, Path.of(arguments[0]), "sim-1", false, InstantSource.system())
        .await();
    for (int batch = 0; true; batch++) {
      StoredBar bar = barOf(batch);
      Future.all(INSTRUMENTS.stream()
              .map(instrument -> store.write(instrument, StoreUnit.MINUTE, List.of(bar)))
              .toList())
          .await();
      System.out.println(ACKNOWLEDGED + batch);
    }
  }
}
