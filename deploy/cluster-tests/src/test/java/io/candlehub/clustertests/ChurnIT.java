package io.candlehub.clustertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A day on which clients, symbols and nodes come and go; what they leave behind is nothing. */
@Timeout(3_600)
class ChurnIT {
  private static final int ROUNDS = Integer.getInteger("candlehub.cluster.churn-rounds", 6);
  private static final double SPEED = 60;
  private static final List<String> COUNTS = List.of(
      "candlehub_hub_shards",
      "candlehub_cluster_leases",
      "candlehub_gateway_clients",
      "candlehub_gateway_streams",
      "candlehub_hub_series",
      "candlehub_hub_demand_topics",
      "candlehub_hub_demand_owners",
      "candlehub_ingest_topics");
  private static final double SHARDS = 64;
  private static final Duration LINGERS = Duration.ofSeconds(10);
  private static final double GROWTH = 1.3;

  @TempDir
  Path folder;

  @Test
  void shouldLeaveNothingBehind() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, SPEED)) {
      for (int i = 0; i < 3; i++) {
        cluster.add("ingest,hub,gateway", Place.loopback(cluster.exchange().url()));
      }
      cluster.form(3);
      cluster.set("demand.linger-seconds", "1");
      try (Scene scene = Scene.begin("churn", cluster, Plan.FEW)) {
        Random random = new Random(11);
        churn(cluster, scene, random);
        double[] before = settled(cluster);
        long heap = heap(cluster);
        scene.say("warm: heap " + heap / 1_000 + " kB, " + line(before));
        for (int round = 0; round < ROUNDS; round++) {
          churn(cluster, scene, random);
        }
        double[] then = settled(cluster);
        scene.say("after: " + line(then));
        assertThat(then).as(line(before)).isEqualTo(before);
        long after = heap(cluster);
        scene.say("after " + ROUNDS + " rounds: heap " + after / 1_000 + " kB");
        assertThat((double) after).as("heap in use").isLessThan(heap * GROWTH);
        scene.judge();
      }
    }
  }

  /** Clients of other symbols come and go, and one node is restarted, planned or not. */
  private static void churn(TestCluster cluster, Scene scene, Random random) throws Exception {
    scene.crowd().join(Plan.FEW, Plan.otherStreams(random), random);
    ClusterNode node = cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    if (random.nextBoolean()) {
      node.kill();
    } else {
      assertThat(node.terminate()).as("exit code: %s", node.log()).isZero();
    }
    cluster.restart(node);
    Scene.awaitMembers(cluster);
    await("all served")
        .atMost(Duration.ofSeconds(60))
        .until(() -> scene.crowd().served() == 2L * Plan.FEW);
    scene.crowd().leave(Plan.FEW);
  }

  /**
   * Waits until every shard has its owner and no number has changed for longer than anything stays that nobody wants: at
   * most 8 s, what a hub wanted that is gone.
   */
  private static double[] settled(TestCluster cluster) {
    AtomicReference<double[]> last = new AtomicReference<>(new double[0]);
    await("settled")
        .during(LINGERS)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          double[] now = totals(cluster);
          return now[0] == SHARDS && Arrays.equals(now, last.getAndSet(now));
        });
    return last.get();
  }

  private static double[] totals(TestCluster cluster) throws Exception {
    double[] totals = new double[COUNTS.size()];
    for (int i = 0; i < totals.length; i++) {
      for (ClusterNode node : cluster.nodes()) {
        totals[i] += node.metric(COUNTS.get(i));
      }
    }
    return totals;
  }

  private static String line(double[] totals) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < totals.length; i++) {
      line.append(COUNTS.get(i)).append(' ').append((long) totals[i]).append(' ');
    }
    return line.toString();
  }

  private static long heap(TestCluster cluster) throws Exception {
    long bytes = 0;
    for (ClusterNode node : cluster.nodes()) {
      bytes += node.liveHeapBytes();
    }
    return bytes;
  }
}
