package io.candlehub.clustertests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are cut off or frozen, and come back by themselves. */
@Timeout(900)
class PartitionIT {
  private static final Duration CUT =
      Duration.ofSeconds(Integer.getInteger("candlehub.cluster.cut-seconds", 12));
  private static final Duration HEAL = Duration.ofSeconds(14);

  @TempDir
  Path folder;

  /** What is done to a node and undone. */
  private interface Harm {
    void doTo(int node) throws Exception;
  }

  @Test
  void shouldSurviveNodesThatAreCutOff() throws Exception {
    partition("cut", true);
  }

  @Test
  void shouldSurviveNodesThatAreNotHeard() throws Exception {
    partition("silence", false);
  }

  private void partition(String name, boolean bothWays) throws Exception {
    assumeTrue(Namespaces.missing().isEmpty(), "skipped: partitions, " + Namespaces.missing());
    try (TestCluster cluster = new TestCluster(folder, Plan.SPEED);
        Namespaces net = new Namespaces(3, cluster.exchange().url())) {
      for (int node = 1; node <= 3; node++) {
        cluster.add("ingest,hub,gateway", net.place(node));
      }
      cluster.form(3);
      cluster.ask();
      try (Scene scene = Scene.begin(name, cluster, Plan.CLIENTS)) {
        for (int node : List.of(3, 1)) {
          Harm harm = bothWays ? net::cut : net::silence;
          Harm heal = bothWays ? net::join : net::unsilence;
          scene.crowd().mark();
          scene.say(name + " of node" + node);
          harm.doTo(node);
          Plan.pause(CUT);
          scene.say(scene.pauses().note(name + " of node" + node));
          scene.crowd().mark();
          heal.doTo(node);
          scene.say("healed");
          Scene.awaitMembers(cluster);
          Plan.pause(HEAL);
          scene.say(scene.pauses().note("healing of node" + node));
          scene.awaitFlow();
        }
        scene.judge();
      }
    }
  }
}
