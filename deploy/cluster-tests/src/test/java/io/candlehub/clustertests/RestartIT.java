package io.candlehub.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are restarted one after the other, and killed at random, under a crowd that must not notice. */
@Timeout(1_800)
class RestartIT {
  private static final Duration BETWEEN = Duration.ofSeconds(3);

  @TempDir
  Path folder;

  @Test
  void shouldSurviveRollingRestartAndKills() throws Exception {
    try (TestCluster cluster = TestCluster.threeNodes(folder);
        Scene scene = Scene.begin("restart", cluster, Plan.CLIENTS)) {
      for (ClusterNode node : cluster.nodes()) {
        scene.crowd().mark();
        scene.say("SIGTERM to " + node.name());
        assertThat(node.terminate())
            .as("exit code of %s: %s", node.name(), node.log())
            .isZero();
        cluster.restart(node);
        Scene.awaitMembers(cluster);
        Plan.pause(BETWEEN);
        scene.awaitFlow();
        scene.say(scene.pauses().note("planned restart of " + node.name()));
      }
      scene.say("planned restarts, " + scene.pauses().summary());
      assertThat(scene.crowd().counts().epochs()).as("new epochs").isZero();
      kill(cluster, scene);
      scene.judge();
    }
  }

  /** Kills at random; every other node is started again at once, and the others when the streams flow without it. */
  private static void kill(TestCluster cluster, Scene scene) throws Exception {
    Pauses atOnce = scene.pauses().again();
    Pauses later = scene.pauses().again();
    Random random = new Random(6);
    for (int i = 0; i < Plan.KILLS; i++) {
      ClusterNode node = cluster.nodes().get(random.nextInt(cluster.nodes().size()));
      boolean isLater = i % 2 == 0;
      scene.crowd().mark();
      scene.say("kill -9 of " + node.name());
      node.kill();
      if (isLater) {
        scene.awaitFlow();
        scene.say(later.note("kill " + (i + 1) + " of " + node.name()));
      }
      cluster.restart(node);
      Scene.awaitMembers(cluster);
      Plan.pause(BETWEEN);
      scene.awaitFlow();
      if (!isLater) {
        scene.say(
            atOnce.note("kill " + (i + 1) + " of " + node.name() + ", started again at once"));
      }
    }
    scene.say("kills, " + later.summary());
    scene.say("kills of nodes that were started again at once, " + atOnce.summary());
  }
}
