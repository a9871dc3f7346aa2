package io.candlehub.clustertests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner of shards that also holds the provider stops in the middle of whatever it does, is replaced, and goes on one day. */
@Timeout(600)
class FreezeIT {
  private static final Duration FROZEN =
      Duration.ofSeconds(Integer.getInteger("candlehub.cluster.freeze-seconds", 8));

  @TempDir
  Path folder;

  @Test
  void shouldSurviveAnOwnerThatWakesUp() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, Plan.SPEED)) {
      for (String roles : List.of("hub,gateway", "hub,gateway", "ingest,hub", "ingest,hub")) {
        cluster.add(roles, Place.loopback(cluster.exchange().url()));
      }
      cluster.form(4);
      try (Scene scene = Scene.begin("freeze", cluster, Plan.CLIENTS)) {
        ClusterNode owner = cluster.leader();
        scene.crowd().mark();
        scene.say("SIGSTOP of " + owner.name());
        owner.freeze();
        Plan.pause(FROZEN);
        scene.say(scene.pauses().note("freeze of " + owner.name()));
        scene.crowd().mark();
        scene.say("SIGCONT");
        owner.thaw();
        Scene.awaitMembers(cluster);
        Scene.awaitOwners(cluster);
        scene.awaitFlow();
        scene.say(scene.pauses().note("waking of " + owner.name()));
        scene.judge(1);
      }
    }
  }
}
