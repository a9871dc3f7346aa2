package io.candlehub.clustertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.cluster.Shards;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A cluster that serves a crowd, and what must be true of it at the end. */
final class Scene implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration STEADY = Duration.ofSeconds(3);
  private static final Duration FLOW = Duration.ofSeconds(7);
  private static final Duration SETTLED = Duration.ofSeconds(150);

  private final String name;
  private final TestCluster cluster;
  private final Crowd crowd;
  private final Pauses pauses;
  private boolean passed;

  private Scene(String name, TestCluster cluster, Crowd crowd, Pauses pauses) {
    this.name = name;
    this.cluster = cluster;
    this.crowd = crowd;
    this.pauses = pauses;
  }

  /** Starts the nodes of a cluster, lets the crowd join, and takes its rhythm. */
  static Scene begin(String name, TestCluster cluster, int clients) throws Exception {
    List<URI> gateways = cluster.gateways();
    Crowd crowd = new Crowd(gateways.subList(0, Math.min(2, gateways.size())));
    try {
      cluster.start();
      if (cluster.isFormed()) {
        awaitMembers(cluster);
      }
      join(crowd, clients);
      return new Scene(name, cluster, crowd, new Pauses(crowd));
    } catch (Exception | AssertionError e) {
      Report.line(name + ": " + crowd.counts().line() + " " + crowd.counts().faults());
      Report.line(name + " failed, logs in " + cluster.keepLogs(name));
      crowd.close();
      throw e;
    }
  }

  private static void join(Crowd crowd, int clients) throws InterruptedException {
    crowd.join(clients, Plan.streams(), new Random(1));
    await("all served").atMost(Duration.ofSeconds(60)).until(() -> crowd.served() == clients);
    crowd.mark();
    Plan.pause(Plan.CALM);
  }

  /** Waits until every running node sees all the others. */
  static void awaitMembers(TestCluster cluster) {
    await("members").atMost(Duration.ofSeconds(30)).until(() -> {
      for (ClusterNode node : cluster.nodes()) {
        if (node.metric("candlehub_cluster_members") != cluster.nodes().size()) {
          return false;
        }
      }
      return true;
    });
  }

  Crowd crowd() {
    return crowd;
  }

  Pauses pauses() {
    return pauses;
  }

  /** Says something in the report. */
  void say(String what) throws IOException {
    Report.line(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + name + ": " + what);
  }

  /** Waits until every client's stream has moved within one market minute, or a little more. */
  void awaitFlow() {
    await("every stream moves").atMost(Duration.ofSeconds(45)).untilAsserted(() -> {
      long begun = System.nanoTime();
      List<ChartStream> still = crowd.stillSince(begun);
      while (!still.isEmpty() && System.nanoTime() - begun < FLOW.toNanos()) {
        Plan.pause(LOOK);
        still = crowd.stillSince(begun);
      }
      assertThat(still).isEmpty();
    });
  }

  /** Waits until every shard has an owner, every hub is one, and no shard has moved for a while. */
  static void awaitOwners(TestCluster cluster) {
    AtomicReference<List<Double>> owned = new AtomicReference<>(List.of());
    await("every hub owns shards")
        .during(STEADY)
        .atMost(Duration.ofSeconds(45))
        .pollInterval(LOOK)
        .until(() -> {
          List<Double> now = cluster.ownedShards();
          boolean steady = now.equals(owned.getAndSet(now));
          return steady && !now.contains(0.0) && sum(now) == Shards.COUNT;
        });
  }

  private static double sum(List<Double> counts) {
    return counts.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Waits until no client's stream moves any more for so long. */
  void awaitSilence(Duration length) {
    await("silence").atMost(Duration.ofSeconds(30)).until(() -> {
      long then = crowd.counts().of(CrowdBook.Count.UPDATES);
      Plan.pause(length);
      return crowd.counts().of(CrowdBook.Count.UPDATES) == then;
    });
  }

  /** Judges: no duplicate, no loss, no fault, one connection, no question twice at a time, every series true. */
  void judge() throws Exception {
    judge(0);
  }

  /**
   * Judges as {@link #judge()}.
   *
   * @param lingering most connections of stopped processes, which nobody but the exchange can close, beside the one
   */
  void judge(int lingering) throws Exception {
    say(crowd.counts().line());
    say(stats());
    long bars = new TruthCheck(cluster, crowd).awaitEqual(SETTLED);
    CrowdBook.Counts counts = crowd.counts();
    say(bars + " bars of " + crowd.served() + " clients equal the truth; " + counts.line());
    assertThat(counts.faults()).isEmpty();
    JsonObject connections = cluster.stats().getJsonObject("connections");
    assertThat(connections.getJsonObject("stocks").getInteger("ever")).isPositive();
    for (String market : connections.fieldNames()) {
      JsonObject each = connections.getJsonObject(market);
      assertThat(each.getInteger("peak"))
          .as("connections of %s at a time", market)
          .isLessThanOrEqualTo(1 + lingering);
      if (lingering == 0) {
        assertThat(each.getInteger("overlapMillis")).as("overlap of %s", market).isZero();
      }
    }
    assertThat(cluster.stats().getJsonObject("rest").getInteger("peakPerQuestion"))
        .as("requests per question")
        .isEqualTo(1);
    passed = true;
  }

  private String topics() {
    try {
      return cluster.stats().getJsonObject("topics").encode();
    } catch (IOException | InterruptedException e) {
      return "not known: " + e;
    }
  }

  private String stats() throws Exception {
    JsonObject stats = cluster.stats();
    JsonObject connections = stats.getJsonObject("connections");
    String each = connections.fieldNames().stream()
        .filter(market -> connections.getJsonObject(market).getInteger("opened") > 0)
        .map(market -> connections(market, connections.getJsonObject(market)))
        .collect(Collectors.joining("; "));
    return each + "; REST " + stats.getJsonObject("rest").getJsonObject("total").encode();
  }

  private static String connections(String market, JsonObject counts) {
    return String.format(
        "%s connections ever %d, peak %d, overlap %d ms, evicted %d, refused %d",
        market,
        counts.getInteger("ever"),
        counts.getInteger("peak"),
        counts.getInteger("overlapMillis"),
        counts.getInteger("evicted"),
        counts.getInteger("refused"));
  }

  @Override
  public void close() throws IOException {
    Path logs = cluster.keepLogs(name);
    if (!passed) {
      say(crowd.counts().line());
      say("failed, logs in " + logs);
      say("topics held: " + topics());
      for (String fault : crowd.counts().faults()) {
        say(fault);
      }
    }
    crowd.close();
  }
}
