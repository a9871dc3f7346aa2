package io.candlehub.clustertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes with accounts of two providers: the first one's streams die, the other one carries on, the node that holds both is killed
 * meanwhile, and the first one comes back.
 */
@Timeout(300)
class FallbackIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FIRST = "massive";
  private static final String OTHER = "tradier";
  private static final String FIRST_MARKET = "stocks";

  /** One for every stream at each of two gateways. */
  private static final int CLIENTS = 2 * Plan.streams().size();

  @TempDir
  Path folder;

  @Test
  void shouldCarryOnWithTheOtherProviderThroughAKill() throws Exception {
    try (TestCluster cluster = TestCluster.threeNodes(folder)) {
      cluster.giveBothAccounts();
      cluster.set("massive.refused-retry", "2");
      try (Scene scene = Scene.begin("fallback", cluster, CLIENTS)) {
        awaitFeed(cluster, FIRST);
        scene.say("the streams of " + FIRST + " die");
        scene.crowd().mark();
        endStreams(cluster);
        awaitFeed(cluster, OTHER);
        assertThat(connections(cluster, OTHER)).isEqualTo(1);
        assertThat(scene.crowd().counts().epochs()).as("new epochs").isZero();

        ClusterNode leader = cluster.leader();
        scene.say("kill -9 of " + leader.name());
        leader.kill();
        cluster.restart(leader);
        Scene.awaitMembers(cluster);
        awaitFeed(cluster, OTHER);
        scene.say(cluster.leader().name() + " holds the providers");
        scene.awaitFlow();
        scene.say(scene.pauses().note("death of streams and kill"));

        scene.say(FIRST + " comes back");
        cluster.exchange().faults();
        awaitFeed(cluster, FIRST);
        assertThat(scene.crowd().counts().epochs()).as("new epochs").isZero();
        scene.judge();
        assertThat(connections(cluster, FIRST_MARKET)).isEqualTo(1);
      }
    }
  }

  /** Cuts the first provider's connection, and refuses new ones until that is over. */
  private static void endStreams(TestCluster cluster) throws IOException, InterruptedException {
    cluster
        .exchange()
        .faults(
            new JsonObject().put("kind", "refuse-auth").put("market", FIRST_MARKET),
            new JsonObject().put("kind", "disconnect").put("market", FIRST_MARKET));
  }

  private static int connections(TestCluster cluster, String market) throws Exception {
    return cluster.stats().getJsonObject("connections").getJsonObject(market).getInteger("now");
  }

  /** Waits until every node says who streams shares, and that all is well only if it is the first one. */
  private static void awaitFeed(TestCluster cluster, String provider) {
    await("shares from " + provider).atMost(SOON).untilAsserted(() -> {
      for (ClusterNode node : cluster.nodes()) {
        JsonObject page = node.json("/health/feeds");
        String said = node.name() + " " + page.encode();
        assertThat(page.getString("status"))
            .as(said)
            .isEqualTo(provider.equals(FIRST) ? "ok" : "degraded");
        JsonObject feed = shares(page);
        assertThat(feed.getString("provider")).as(said).isEqualTo(provider);
        assertThat(feed.getString("state")).as(said).isEqualTo("streaming");
        assertThat(feed.getString("reason"))
            .as(said)
            .isEqualTo(
                provider.equals(FIRST)
                    ? ""
                    : "the stream of massive is down; tradier takes its place");
        assertThat(page.getJsonArray("providers")).as(said).hasSize(2);
      }
    });
  }

  private static JsonObject shares(JsonObject page) {
    return page.getJsonArray("feeds").stream()
        .map(JsonObject.class::cast)
        .filter(feed -> feed.getString("market").equals(FIRST_MARKET))
        .findFirst()
        .orElseGet(JsonObject::new);
  }
}
