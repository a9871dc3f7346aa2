package io.candlehub.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the fan-out of chart updates beside other servers: the gateway with and without coalescing, Node Socket.IO,
 * netty-socketio, the bridge as Vert.x ships it and a plain write loop. The servers, each in a process of its own, take
 * turns; the clients are one other process; this one hands every server the same updates at the same rate.
 */
@Command(
    name = "fanout",
    description = "Fan-out of chart updates, beside other servers.",
    mixinStandardHelpOptions = true)
final class FanoutBench implements Callable<Integer> {
  @Option(
      names = "--jar",
      defaultValue = "deploy/launcher/target/candlehub.jar",
      description = "The program, for --connections.")
  private Path jar;

  @Option(
      names = "--connections",
      description = "Serves so many clients with the program itself and measures nothing else.")
  private int crowd;

  @Option(names = "--clients", defaultValue = "514", description = "Clients that follow a stream.")
  private int clients;

  @Option(
      names = "--deliveries",
      defaultValue = "50000",
      description = "Updates a second, all clients together.")
  private int deliveries;

  @Option(
      names = "--streams",
      defaultValue = "1",
      description = "Streams over which clients are spread.")
  private int streams;

  @Option(
      names = "--idle",
      defaultValue = "3000",
      description = "Clients for the heap; 0 leaves it out.")
  private int idle;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds that count, after one that does not.")
  private int rounds;

  @Option(names = "--warm-up", defaultValue = "12", description = "Length of the round before.")
  private int warmUp;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description =
          "Length of a round, once with clients that sleep and once with clients that do not.")
  private int seconds;

  @Option(
      names = "--peers",
      split = ",",
      defaultValue = "CANDLEHUB,NODE,NETTY_SOCKETIO,BRIDGE,PLAIN",
      description = "Which servers.")
  private List<FanoutKind> peers;

  @Option(names = "--heap", defaultValue = "-Xmx1g", description = "Heap of the Java servers.")
  private String heap;

  @Option(names = "--set", description = "Settings of Candlehub.")
  private Map<String, String> settings = Map.of();

  private final List<FanoutServer> servers = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (crowd > 0) {
      FanoutCrowd.serve(jar, crowd, settings);
      return 0;
    }
    Cores.LOAD.take();
    try (FanoutClients load = FanoutClients.start()) {
      startServers();
      FanoutMeter meter =
          new FanoutMeter(load, clients, idle, streams, deliveries / (double) clients);
      List<FanoutResult> results = measure(meter);
      new FanoutTable(results).print();
    } finally {
      servers.forEach(FanoutServer::close);
    }
    return 0;
  }

  private void startServers() throws IOException, InterruptedException {
    for (FanoutKind kind : peers) {
      if (kind == FanoutKind.CANDLEHUB) {
        servers.add(FanoutServer.start(kind, kind.title(), settings, heap, streams));
        Map<String, String> coalesced = new HashMap<>(settings);
        coalesced.put("limits.coalesce-millis", "50");
        servers.add(
            FanoutServer.start(kind, kind.title() + ", 50 ms window", coalesced, heap, streams));
      } else {
        servers.add(FanoutServer.start(kind, kind.title(), Map.of(), heap, streams));
      }
    }
  }

  private List<FanoutResult> measure(FanoutMeter meter) throws IOException, InterruptedException {
    List<FanoutResult> results = servers.stream().map(FanoutResult::new).toList();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      order.add(i);
    }
    for (int round = 0; round <= rounds; round++) {
      for (int i : order) {
        FanoutResult.Round measured = meter.round(servers.get(i), round == 0 ? warmUp : seconds);
        report(round, servers.get(i), measured);
        if (round > 0) {
          results.get(i).add(measured);
        }
      }
      Collections.reverse(order);
    }
    for (int i = 0; idle > 0 && i < servers.size(); i++) {
      meter.idleHeap(servers.get(i), results.get(i));
    }
    return results;
  }

  private static void report(int round, FanoutServer server, FanoutResult.Round measured) {
    System.out.printf(
        "round %d, %s: %,.0f of %,.0f updates/s, %.2f cores, %,.0f per processor second (%,.0f awake), p50 %.2f ms, p99 %.2f ms,"
            + " %d gaps%n",
        round,
        server.title(),
        measured.updates(),
        measured.offered(),
        measured.processorSeconds(),
        measured.updatesPerProcessorSecond(),
        measured.awakePerProcessorSecond(),
        measured.medianMillis(),
        measured.p99Millis(),
        measured.gaps());
  }
}
