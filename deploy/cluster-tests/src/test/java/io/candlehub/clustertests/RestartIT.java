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
      Pauses kills = scene.pauses().again();
      Random random = new Random(6);
      for (int i = 0; i < Plan.KILLS; i++) {
        ClusterNode node = cluster.nodes().get(random.nextInt(cluster.nodes().size()));
        scene.crowd().mark();
        scene.say("kill -9 of " + node.name());
        node.kill();
        cluster.restart(node);
        Scene.awaitMembers(cluster);
        Plan.pause(BETWEEN);
        scene.awaitFlow();
        scene.say(kills.note("kill " + (i + 1) + " of " + node.name()));
      }
      scene.say("kills, " + kills.summary());
      scene.judge();
    }
  }
}
