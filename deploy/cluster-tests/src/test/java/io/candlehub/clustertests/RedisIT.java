package io.candlehub.clustertests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams by Redis: the server goes and comes back, then a node that owns shards goes. */
@Timeout(600)
class RedisIT {
  private static final Duration DOWN = Duration.ofSeconds(8);
  private static final Duration AFTER = Duration.ofSeconds(3);

  @TempDir
  Path folder;

  @Test
  void shouldSurviveTheLossOfRedisAndOfAnOwner() throws Exception {
    try (RedisProcess redis = new RedisProcess();
        TestCluster cluster = new TestCluster(folder, Plan.SPEED)) {
      for (String roles : List.of("ingest,hub,gateway", "hub,gateway", "ingest,hub")) {
        cluster.add(roles, Place.loopback(cluster.exchange().url()));
      }
      cluster.form(3);
      cluster.fanOutBy("redis://127.0.0.1:" + redis.port());
      try (Scene scene = Scene.begin("redis", cluster, Plan.CLIENTS)) {
        scene.crowd().mark();
        scene.say("Redis ends");
        redis.stop();
        Plan.pause(DOWN);
        redis.start();
        scene.say("Redis is back");
        Plan.pause(AFTER);
        scene.awaitFlow();
        scene.say(scene.pauses().note("restart of Redis after " + DOWN.toSeconds() + " s"));
        ClusterNode owner = cluster.nodes().get(2);
        scene.crowd().mark();
        scene.say("kill -9 of " + owner.name());
        owner.kill();
        cluster.restart(owner);
        Scene.awaitMembers(cluster);
        Scene.awaitOwners(cluster);
        scene.awaitFlow();
        scene.say(scene.pauses().note("kill of " + owner.name()));
        scene.judge();
      }
    }
  }
}
