package io.candlehub.clustertests;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/decisions/0020 says of clusters that have no majority to spare. */
@Timeout(300)
class SmallClusterIT {
  private static final String ALL = "ingest,hub,gateway";
  private static final Duration FLOW = Duration.ofSeconds(4);

  @TempDir
  Path folder;

  @Test
  void shouldServeFromOneNodeThatIsAClusterOfItsOwn() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, Plan.SPEED)) {
      ClusterNode node = cluster.add(ALL, loopback(cluster));
      cluster.form(1);
      try (Scene scene = Scene.begin("one", cluster, Plan.FEW)) {
        node.kill();
        cluster.restart(node);
        scene.awaitFlow();
        scene.judge();
      }
    }
  }

  @Test
  void shouldStopBothOfTwoThatMustHearEachOther() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, Plan.SPEED)) {
      ClusterNode survivor = cluster.add(ALL, loopback(cluster));
      ClusterNode victim = cluster.add("ingest,hub", loopback(cluster));
      cluster.form(2);
      try (Scene scene = Scene.begin("two", cluster, Plan.FEW)) {
        victim.kill();
        await("the survivor is fenced")
            .atMost(Duration.ofSeconds(10))
            .until(() -> survivor.metric("candlehub_cluster_fenced") == 1);
        await("the survivor has let go")
            .atMost(Duration.ofSeconds(5))
            .until(() -> survivor.metric("candlehub_hub_shards") == 0);
        scene.awaitSilence(FLOW);
        cluster.restart(victim);
        scene.awaitFlow();
        scene.judge();
      }
    }
  }

  @Test
  void shouldGoOnWithTheThirdVoter() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, Plan.SPEED)) {
      cluster.add(ALL, loopback(cluster));
      ClusterNode victim = cluster.add("ingest,hub", loopback(cluster));
      cluster.add("gateway", loopback(cluster));
      cluster.form(3);
      try (Scene scene = Scene.begin("witness", cluster, Plan.FEW)) {
        scene.crowd().mark();
        victim.kill();
        Plan.pause(FLOW);
        scene.say(scene.pauses().note("kill of one of two hubs, a gateway votes"));
        scene.awaitFlow();
        cluster.restart(victim);
        Scene.awaitMembers(cluster);
        scene.judge();
      }
    }
  }

  private static Place loopback(TestCluster cluster) {
    return Place.loopback(cluster.exchange().url());
  }
}
