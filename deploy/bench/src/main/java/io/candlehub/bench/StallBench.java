package io.candlehub.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what clients that stop to read do to the gateway and to the other clients. The same clients stay connected;
 * stretches without and with stalls take turns. The gateway, fed by a stand-in of the hub, is one process, the clients are
 * another.
 */
@Command(
    name = "stall",
    description = "Clients that stop to read, and what the others notice.",
    mixinStandardHelpOptions = true)
final class StallBench implements Callable<Integer> {
  private static final long SETTLE_MILLIS = 2_000;

  @Option(names = "--clients", defaultValue = "1000", description = "Clients, a multiple of 10.")
  private int clients;

  @Option(names = "--stalled", defaultValue = "500", description = "How many of them stall.")
  private int stalled;

  @Option(names = "--streams", defaultValue = "200", description = "Symbols.")
  private int streams;

  @Option(names = "--charts", defaultValue = "10", description = "Charts of each client.")
  private int charts;

  @Option(
      names = "--updates",
      defaultValue = "2000",
      description = "Updates a second, all symbols together.")
  private int updates;

  @Option(names = "--seconds", defaultValue = "60", description = "How long they do not read.")
  private int seconds;

  @Option(
      names = "--calm-seconds",
      defaultValue = "20",
      description = "Length of a stretch without stalls.")
  private int calmSeconds;

  @Option(names = "--rounds", defaultValue = "5", description = "Stretches of each kind.")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "How long they do not read in a round before, which does not count.")
  private int warmUp;

  @Option(names = "--heap", defaultValue = "-Xmx512m", description = "Heap of the gateway.")
  private String heap;

  @Option(names = "--set", description = "Settings of Candlehub.")
  private Map<String, String> settings = Map.of();

  private FanoutServer server;
  private FanoutClients load;

  @Override
  public Integer call() throws Exception {
    Map<String, String> used = new HashMap<>(settings);
    used.putIfAbsent("limits.charts-per-client", Integer.toString(charts));
    Cores.LOAD.take();
    FanoutKind kind = FanoutKind.CANDLEHUB;
    try (FanoutServer started = FanoutServer.start(kind, kind.title(), used, heap, streams);
        FanoutClients generator = FanoutClients.start("stall-clients")) {
      server = started;
      load = generator;
      measure().print();
    }
    return 0;
  }

  private StallTable measure() throws IOException, InterruptedException {
    load.ask(new JsonObject()
        .put("do", "open")
        .put("port", server.port())
        .put("clients", clients)
        .put("stalled", stalled)
        .put("streams", streams)
        .put("charts", charts));
    load.await("joined", clients);
    load.ask("follow");
    load.await("following", clients);
    System.out.printf("%,d clients follow %d charts each%n", clients, charts);
    StallTable table = new StallTable(stalled);
    FanoutFeed feed = new FanoutFeed(server::publishWalking, streams, updates / (double) streams);
    try {
      for (int round = 0; round <= rounds; round++) {
        StallTable.Round measured = round(feed, round == 0 ? warmUp : seconds);
        System.out.println("round " + round + ": " + measured);
        if (round > 0) {
          table.add(measured);
        }
      }
    } finally {
      feed.close();
    }
    FanoutClients.pause(SETTLE_MILLIS);
    table.end(load.ask(at("compare", server.positions())));
    return table;
  }

  private StallTable.Round round(FanoutFeed feed, int stallSeconds)
      throws IOException, InterruptedException {
    measuring(true);
    load.ask("reset");
    final long before = feed.updates();
    final long processorBefore = server.process().processorMillis();
    final long loadBefore = load.process().processorMillis();
    pause(calmSeconds);
    JsonObject calm = measuring(false);
    double fed = (feed.updates() - before) / (double) calmSeconds;
    double cores = (server.process().processorMillis() - processorBefore) / 1e3 / calmSeconds;
    double loadCores = (load.process().processorMillis() - loadBefore) / 1e3 / calmSeconds;
    StallTable.Memory empty = memory();
    load.ask("reset");
    load.ask("stall");
    final long begun = System.nanoTime();
    measuring(true);
    // The collections before the heap is read stop everybody, so ages do not count meanwhile.
    pause(stallSeconds - Math.min(stallSeconds / 2, 5));
    measuring(false);
    StallTable.Memory full = memory();
    measuring(true);
    long rest = TimeUnit.SECONDS.toNanos(stallSeconds) - (System.nanoTime() - begun);
    FanoutClients.pause(Math.max(1, TimeUnit.NANOSECONDS.toMillis(rest)));
    JsonObject during = load.ask("counts");
    load.ask(at("resume", server.positions()));
    JsonObject after = load.await("current", stalled);
    FanoutClients.pause(SETTLE_MILLIS);
    after.mergeIn(measuring(false));
    return new StallTable.Round(fed, cores, loadCores, calm, during, after, empty, full);
  }

  private StallTable.Memory memory() throws IOException, InterruptedException {
    long resident = server.process().residentBytes();
    KernelQueues kernel = KernelQueues.of(server.port());
    StallTable.Memory memory =
        new StallTable.Memory(server.liveHeapBytes(), server.directBytes(), resident, kernel);
    FanoutClients.pause(SETTLE_MILLIS);
    return memory;
  }

  private JsonObject measuring(boolean now) throws IOException {
    return load.ask(new JsonObject().put("do", "measure").put("now", now));
  }

  private static JsonObject at(String command, List<Long> positions) {
    return new JsonObject().put("do", command).put("positions", new JsonArray(positions));
  }

  private static void pause(long wanted) throws InterruptedException {
    FanoutClients.pause(TimeUnit.SECONDS.toMillis(wanted));
  }
}
