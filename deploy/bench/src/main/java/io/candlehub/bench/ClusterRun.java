package io.candlehub.bench;

import io.candlehub.simulator.Simulator;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The nodes of one shape with their clients. */
final class ClusterRun implements AutoCloseable {
  private static final List<String> HEAP = List.of("-Xmx512m");
  private static final String UPDATES = "candlehub_hub_updates_total ";

  private final ClusterShape shape;
  private final List<ProgramProcess> nodes = new ArrayList<>();
  private final List<FanoutClients> clients = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private ClusterRun(ClusterShape shape) {
    this.shape = shape;
  }

  /** Starts the nodes, one after the other, and waits until each serves. */
  static ClusterRun start(ClusterShape shape, Path jar, Simulator exchange) throws IOException {
    ClusterRun run = new ClusterRun(shape);
    String seed = "127.0.0.1:" + FreePort.find();
    try {
      for (int node = 0; node < shape.roles().size(); node++) {
        int port = node == 0 ? URI.create("tcp://" + seed).getPort() : FreePort.find();
        Map<String, String> settings = new HashMap<>(Map.of(
            "simulator.mode", "off",
            "massive.api-key", exchange.apiKey(),
            "massive.rest-url", exchange.restUrl(),
            "massive.ws-url", exchange.webSocketUrl(),
            "market.clock", exchange.restUrl(),
            "roles", shape.roles().get(node)));
        if (shape.clustered()) {
          settings.putAll(Map.of(
              "cluster.mode",
              "hazelcast",
              "cluster.port",
              Integer.toString(port),
              "cluster.members",
              seed,
              "cluster.expected-hubs",
              Long.toString(shape.hubs())));
        }
        run.nodes.add(ProgramProcess.start(jar, HEAP, settings));
      }
      return run;
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /** Connects clients, as many to each gateway, and waits until each has had an update. */
  void connect(int wanted, int symbolCount) throws Exception {
    List<ProgramProcess> gateways = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      if (shape.isGateway(node)) {
        gateways.add(nodes.get(node));
      }
    }
    List<String> symbols = ProgramSymbols.first(symbolCount, gateways.get(0).url());
    int each = wanted / gateways.size();
    for (ProgramProcess gateway : gateways) {
      FanoutClients own = FanoutClients.start();
      clients.add(own);
      own.open(LoadDialect.SOCKET_IO, URI.create(gateway.url()).getPort(), each, symbols);
      own.follow(each);
    }
    for (FanoutClients own : clients) {
      own.await("served", each);
    }
  }

  /** Measures for a while. */
  ClusterResult.Window measure(int seconds) throws IOException, InterruptedException {
    for (FanoutClients own : clients) {
      own.reset();
    }
    long updatesBefore = updates();
    List<Long> before =
        nodes.stream().map(node -> node.process().processorMillis()).toList();
    long begun = System.nanoTime();
    FanoutClients.pause(TimeUnit.SECONDS.toMillis(seconds));
    long messages = 0;
    for (FanoutClients own : clients) {
      JsonObject counts = own.counts();
      if (counts.getInteger("closed") + counts.getInteger("failed") > 0) {
        throw new IOException("clients were lost: " + counts.encode());
      }
      messages += counts.getLong("messages");
    }
    double elapsed = (System.nanoTime() - begun) / 1e9;
    List<Double> used = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      used.add((nodes.get(node).process().processorMillis() - before.get(node)) / 1e3);
    }
    return new ClusterResult.Window(elapsed, messages, updates() - updatesBefore, used);
  }

  /** Returns how many updates the hubs have published so far. */
  private long updates() throws IOException, InterruptedException {
    double sum = 0;
    for (ProgramProcess node : nodes) {
      String metrics = http.send(
              HttpRequest.newBuilder(URI.create(node.url() + "/metrics")).build(),
              BodyHandlers.ofString())
          .body();
      sum += metrics
          .lines()
          .filter(line -> line.startsWith(UPDATES))
          .mapToDouble(line -> Double.parseDouble(line.substring(UPDATES.length())))
          .sum();
    }
    return (long) sum;
  }

  @Override
  public void close() {
    clients.forEach(FanoutClients::close);
    for (int node = nodes.size() - 1; node >= 0; node--) {
      nodes.get(node).close();
    }
  }
}
