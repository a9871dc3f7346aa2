package io.candlehub.clustertests;

import io.candlehub.launcher.FreePort;
import io.candlehub.launcher.ServingProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One node of a cluster: a process that can be ended, killed, frozen and started again at the same addresses. */
final class ClusterNode implements AutoCloseable {
  private static final Path JAR =
      Path.of(System.getProperty("candlehub.test.jar", "../launcher/target/candlehub.jar"));
  static final List<String> JVM =
      Stream.concat(Stream.of("-Xmx256m"), ServingProcess.SHORT_LIVED.stream()).toList();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final String roles;
  private final Place place;
  private final Path folder;
  private final int httpPort = FreePort.find();
  private final int clusterPort = FreePort.find();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private ServingProcess process;

  ClusterNode(String name, String roles, Place place, Path folder) throws IOException {
    this.name = name;
    this.roles = roles;
    this.place = place;
    this.folder = folder;
  }

  String name() {
    return name;
  }

  String roles() {
    return roles;
  }

  boolean isGateway() {
    return roles.contains("gateway");
  }

  boolean isHub() {
    return roles.contains("hub");
  }

  /** Returns what others name as a member. */
  String member() {
    return place.clusterHost() + ":" + clusterPort;
  }

  URI url() {
    return URI.create("http://" + place.httpHost() + ":" + httpPort);
  }

  /** Starts the process and does not wait for it. */
  void start(Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("roles", roles);
    all.put("http.host", place.httpHost());
    all.put("http.port", Integer.toString(httpPort));
    all.put("cluster.host", place.clusterHost());
    all.put("cluster.port", Integer.toString(clusterPort));
    all.put("store.data-dir", folder.resolve(name).toString());
    all.put("massive.api-key", "simulator");
    all.put("massive.rest-url", place.exchangeUrl());
    all.put("massive.ws-url", place.exchangeUrl().replaceFirst("http", "ws"));
    all.put("tradier.base-url", place.exchangeUrl() + "/v1");
    all.put("tradier.ws-url", place.exchangeUrl().replaceFirst("http", "ws") + "/v1");
    all.put("market.clock", place.exchangeUrl());
    List<String> command = new ArrayList<>(place.prefix());
    command.addAll(ServingProcess.command(JVM, JAR, all));
    process = ServingProcess.start(command, Map.of(), folder.resolve(name + ".log"));
  }

  /** Waits until it says that it serves, and is ready. */
  void awaitReady() throws IOException, InterruptedException {
    process.await("candlehub ready ", PATIENCE);
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (status("/health/ready") != 200) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError(name + " serves and is not ready\n" + process.log());
      }
    }
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.kill();
  }

  /** Ends it as an operator would; returns its exit code. */
  int terminate() throws InterruptedException {
    return process.terminate();
  }

  /** Stops it in the middle of whatever it does. */
  void freeze() throws IOException, InterruptedException {
    process.signal("STOP");
  }

  /** Lets it go on. */
  void thaw() throws IOException, InterruptedException {
    process.signal("CONT");
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  String log() throws IOException {
    return process.log();
  }

  private int status(String path) throws InterruptedException {
    try {
      return send(path).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private HttpResponse<String> send(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url().resolve(path))
        .header("X-API-Key", TestCluster.KEY)
        .timeout(Duration.ofSeconds(5))
        .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  JsonObject json(String path) throws IOException, InterruptedException {
    return new JsonObject(send(path).body());
  }

  /** Returns the sum of a metric over its labels, 0 if it is not there. */
  double metric(String metric) throws IOException, InterruptedException {
    return send("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Has the heap collected and returns the bytes still in use, as the machine's own tool counts them. */
  long liveHeapBytes() throws IOException, InterruptedException {
    Process histogram = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(process.pid()),
            "GC.class_histogram")
        .start();
    String all = new String(
        histogram.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (histogram.waitFor() != 0) {
      throw new IOException("jcmd: " + all);
    }
    String total = all.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("Total"))
        .findFirst()
        .orElseThrow();
    return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1));
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
