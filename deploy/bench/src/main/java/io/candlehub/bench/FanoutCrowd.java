package io.candlehub.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Connects very many clients to the program itself, with its own market, and sees that each gets updates. */
final class FanoutCrowd {
  private static final String HEAP = "-Xmx2g";
  private static final int SYMBOLS = 16;
  private static final int ROUNDS = 3;

  private FanoutCrowd() {}

  static void serve(Path jar, int clients, Map<String, String> settings) throws Exception {
    try (ProgramProcess program = ProgramProcess.start(jar, List.of(HEAP), settings);
        FanoutClients load = FanoutClients.start()) {
      List<String> symbols = ProgramSymbols.first(SYMBOLS, program.url());
      long begun = System.nanoTime();
      load.open(LoadDialect.SOCKET_IO, URI.create(program.url()).getPort(), clients, symbols);
      System.out.printf("%,d connected after %.1f s%n", clients, (System.nanoTime() - begun) / 1e9);
      begun = System.nanoTime();
      load.follow(clients);
      System.out.printf(
          "%,d follow one of %d charts after %.1f s%n",
          clients, symbols.size(), (System.nanoTime() - begun) / 1e9);
      for (int i = 0; i < ROUNDS; i++) {
        served(load, program, clients);
      }
      System.out.printf(
          "live heap %.0f MB of 2048, %.1f KB a connection with everything else in it; resident %.0f MB%n",
          program.liveHeapBytes() / 1048576.0,
          program.liveHeapBytes() / 1024.0 / clients,
          program.process().residentBytes() / 1048576.0);
    }
  }

  /** Waits until every client has had an update since now. */
  private static void served(FanoutClients load, ProgramProcess program, int clients)
      throws IOException, InterruptedException {
    load.reset();
    long processorBefore = program.process().processorMillis();
    long begun = System.nanoTime();
    JsonObject counts = load.await("served", clients);
    double elapsed = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "all %,d had an update after %.1f s: %,.0f messages/s, %.2f cores, %d gaps, %d closed%n",
        counts.getInteger("served"),
        elapsed,
        counts.getLong("messages") / elapsed,
        (program.process().processorMillis() - processorBefore) / 1e3 / elapsed,
        counts.getLong("gaps"),
        counts.getInteger("closed"));
  }
}
