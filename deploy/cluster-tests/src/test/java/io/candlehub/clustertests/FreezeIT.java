package io.candlehub.clustertests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner of shards that stops in the middle of whatever it does, is replaced, and goes on one day. */
@Timeout(600)
class FreezeIT {
  private static final Duration FROZEN =
      Duration.ofSeconds(Integer.getInteger("candlehub.cluster.freeze-seconds", 8));
  private static final Duration AFTER = Duration.ofSeconds(14);

  @TempDir
  Path folder;

  @Test
  void shouldSurviveAnOwnerThatWakesUp() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, Plan.SPEED)) {
      for (String roles : List.of("ingest,hub,gateway", "ingest,hub,gateway", "hub")) {
        cluster.add(roles, Place.loopback(cluster.exchange().url()));
      }
      cluster.form(3);
      try (Scene scene = Scene.begin("freeze", cluster, Plan.CLIENTS)) {
        ClusterNode owner = cluster.nodes().get(2);
        scene.crowd().mark();
        scene.say("SIGSTOP of " + owner.name());
        owner.freeze();
        Plan.pause(FROZEN);
        scene.say(scene.pauses().note("freeze of " + owner.name()));
        scene.crowd().mark();
        scene.say("SIGCONT");
        owner.thaw();
        Scene.awaitMembers(cluster);
        Plan.pause(AFTER);
        scene.say(scene.pauses().note("waking of " + owner.name()));
        scene.awaitFlow();
        scene.judge();
      }
    }
  }
}
