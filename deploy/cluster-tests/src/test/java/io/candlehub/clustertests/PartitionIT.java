package io.candlehub.clustertests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that are cut off or frozen, and come back by themselves. */
@Timeout(900)
class PartitionIT {
  private static final Duration CUT =
      Duration.ofSeconds(Integer.getInteger("candlehub.cluster.cut-seconds", 9));

  @TempDir
  Path folder;

  /** What is done to a node and undone. */
  private interface Act {
    void on(int node) throws Exception;
  }

  /** Cut off, or not heard any more while it still hears the others. */
  @ParameterizedTest
  @MethodSource("harms")
  void shouldSurviveNodesThatAreCutOff(String harm, String carrier) throws Exception {
    partition(harm, harm.equals("cut"), carrier);
  }

  static List<Arguments> harms() {
    return listed("harms", "cut,silence").stream()
        .flatMap(harm ->
            listed("carriers", "eventbus").stream().map(carrier -> Arguments.of(harm, carrier)))
        .toList();
  }

  private static List<String> listed(String property, String absent) {
    return List.of(System.getProperty("candlehub.cluster." + property, absent).split(","));
  }

  /** Returns who is cut off in turn; clients are at nodes 1 and 2. */
  private static int[] nodes() {
    return listed("cut-nodes", "3,1").stream().mapToInt(Integer::parseInt).toArray();
  }

  private void partition(String harm, boolean bothWays, String carrier) throws Exception {
    assumeTrue(Namespaces.missing().isEmpty(), "skipped: partitions, " + Namespaces.missing());
    try (RedisProcess redis = new RedisProcess();
        TestCluster cluster = new TestCluster(folder, Plan.SPEED);
        Namespaces net = new Namespaces(3)) {
      URI exchange = net.reach(URI.create(cluster.exchange().url()).getPort());
      for (int node = 1; node <= 3; node++) {
        cluster.add("ingest,hub,gateway", net.place(node, exchange));
      }
      if (carrier.equals("redis")) {
        cluster.fanOutBy("redis://" + net.reach(redis.port()).getAuthority());
      }
      cluster.form(3);
      cluster.ask();
      String name = harm + "-" + carrier;
      try (Scene scene = Scene.begin(name, cluster, Plan.CLIENTS)) {
        for (int node : nodes()) {
          Act begin = bothWays ? net::cut : net::silence;
          Act end = bothWays ? net::join : net::unsilence;
          scene.crowd().mark();
          scene.say(harm + " of node" + node);
          begin.on(node);
          Plan.pause(CUT);
          scene.say(scene.pauses().note(harm + " of node" + node));
          scene.crowd().mark();
          end.on(node);
          scene.say("healed");
          Scene.awaitMembers(cluster);
          Scene.awaitOwners(cluster);
          scene.awaitFlow();
          scene.say(scene.pauses().note("healing of node" + node));
        }
        scene.judge();
      }
    }
  }
}
