package io.candlehub.clustertests;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The crowd against a node alone: what it finds in a cluster it must not find here. */
@Timeout(300)
class SingleNodeIT {
  @TempDir
  Path folder;

  @Test
  void shouldServeTheCrowdTheTruth() throws Exception {
    try (TestCluster cluster = new TestCluster(folder, Plan.SPEED)) {
      cluster.add("ingest,hub,gateway", Place.loopback(cluster.exchange().url()));
      try (Scene scene = Scene.begin("single", cluster, Plan.CLIENTS)) {
        scene.judge();
      }
    }
  }
}
