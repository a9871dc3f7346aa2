package io.candlehub.clustertests;

import io.candlehub.launcher.ExchangeControl;
import io.candlehub.launcher.ServingProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A local exchange and nodes beside it, each a process of its own; all end with it, also if the test's does. */
final class TestCluster implements AutoCloseable {
  /** What clients show; nodes that listen elsewhere than on a loopback address ask for it. */
  static final String KEY = "crowd";

  private static final Path EXCHANGE = Path.of(System.getProperty(
      "candlehub.test.simulator", "../simulator/target/candlehub-simulator.jar"));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final ServingProcess exchangeProcess;
  private final ExchangeControl exchange;
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private final Thread atExit = new Thread(this::end, "end of the processes");

  /** Starts an exchange. */
  TestCluster(Path folder, double speed) throws IOException, InterruptedException {
    this.folder = folder;
    Map<String, String> market = Map.of("simulator.speed", Double.toString(speed));
    exchangeProcess = ServingProcess.start(
        ServingProcess.command(ClusterNode.JVM, EXCHANGE, market),
        Map.of(),
        folder.resolve("exchange.log"));
    Runtime.getRuntime().addShutdownHook(atExit);
    exchange = new ExchangeControl(exchangeProcess.await("simulator ready ", PATIENCE));
  }

  /** Starts an exchange and makes a cluster of two whole nodes and one without clients, which do not run yet. */
  static TestCluster threeNodes(Path folder) throws IOException, InterruptedException {
    TestCluster cluster = new TestCluster(folder, Plan.SPEED);
    for (String roles : List.of("ingest,hub,gateway", "ingest,hub,gateway", "ingest,hub")) {
      cluster.add(roles, Place.loopback(cluster.exchange().url()));
    }
    cluster.form(3);
    return cluster;
  }

  ExchangeControl exchange() {
    return exchange;
  }

  /** Sets what every node is told that is started from now on. */
  void set(String key, String value) {
    settings.put(key, value);
  }

  /** Adds a node that is not started yet. */
  ClusterNode add(String roles, Place place) throws IOException {
    ClusterNode node = new ClusterNode("node" + (nodes.size() + 1), roles, place, folder);
    nodes.add(node);
    return node;
  }

  /** Makes one cluster of the nodes that were added, of which so many vote. */
  void form(int voters) {
    set("limits.connections-per-address", "10000");
    set("cluster.mode", "hazelcast");
    set("cluster.name", "test-" + ProcessHandle.current().pid() + "-" + nodes.hashCode());
    set(
        "cluster.members",
        String.join(",", nodes.stream().map(ClusterNode::member).toList()));
    set("cluster.expected-hubs", Integer.toString(voters));
  }

  /** Makes the nodes carry streams by a Redis server. */
  void fanOutBy(String redisUri) {
    set("fanout.mode", "redis");
    set("redis.uri", redisUri);
  }

  /** Gives the nodes an account with the second provider too. */
  void giveBothAccounts() {
    set("tradier.access-token", "simulator");
  }

  /** Returns the node that holds the providers. */
  ClusterNode leader() throws IOException, InterruptedException {
    for (ClusterNode node : nodes) {
      if (node.isAlive() && node.metric("candlehub_ingest_leader") == 1) {
        return node;
      }
    }
    throw new AssertionError("nobody holds the provider");
  }

  /** Returns whether the nodes are a cluster. */
  boolean isFormed() {
    return settings.containsKey("cluster.mode");
  }

  /** Makes the nodes ask for a key, as they must if they listen elsewhere than on a loopback address. */
  void ask() throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
    set("auth.mode", "api-key");
    set("auth.api-keys", "crowd:" + HexFormat.of().formatHex(hash) + ":ops");
  }

  List<ClusterNode> nodes() {
    return nodes;
  }

  List<URI> gateways() {
    return nodes.stream().filter(ClusterNode::isGateway).map(ClusterNode::url).toList();
  }

  /** Returns how many shards each hub says it owns. */
  List<Double> ownedShards() throws IOException, InterruptedException {
    List<Double> owned = new ArrayList<>();
    for (ClusterNode node : nodes) {
      if (node.isHub()) {
        owned.add(node.metric("candlehub_hub_shards"));
      }
    }
    return owned;
  }

  /** Starts all nodes at once and waits until each serves. */
  void start() throws IOException, InterruptedException {
    for (ClusterNode node : nodes) {
      node.start(settings);
    }
    for (ClusterNode node : nodes) {
      node.awaitReady();
    }
  }

  /** Starts a node again that has ended, and waits until it serves. */
  void restart(ClusterNode node) throws IOException, InterruptedException {
    node.start(settings);
    node.awaitReady();
  }

  long marketMillis() throws IOException, InterruptedException {
    return exchange.get("/sim/clock").getLong("marketMillis");
  }

  JsonObject stats() throws IOException, InterruptedException {
    return exchange.get("/sim/stats");
  }

  /** Copies the logs to where they outlive the test and returns the folder. */
  Path keepLogs(String test) throws IOException {
    Path kept = Files.createDirectories(Path.of("target", "cluster-logs", test));
    try (var files = Files.list(folder)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        Files.write(kept.resolve(log.getFileName()), Files.readAllBytes(log));
      }
    }
    return kept;
  }

  private void end() {
    nodes.forEach(ClusterNode::close);
    exchangeProcess.close();
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyEnding) {
      // It runs by itself then.
    }
  }
}
