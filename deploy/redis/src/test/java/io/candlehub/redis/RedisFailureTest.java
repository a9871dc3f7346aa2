package io.candlehub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.bus.Heard;
import io.candlehub.model.MarketDescriptor;
import io.vertx.redis.client.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that dies, hangs, comes late or refuses, and what its users are told. */
@Timeout(90)
class RedisFailureTest {
  private static final String ADDRESS = "md.chart.1m.SPY";

  @TempDir
  Path folder;

  @BeforeAll
  static void bePatient() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  @Test
  void shouldSubscribeEverythingAgainWhenTheServerWasKilled() throws Exception {
    try (RedisProcess redis = new RedisProcess(folder);
        RedisNode hub = new RedisNode(redis.uri());
        RedisNode gateway = new RedisNode(redis.uri())) {
      List<Heard> heard = new ArrayList<>();
      for (int n = 0; n < 1_200; n++) {
        heard.add(new Heard(gateway.carrier(), "md.quote.S" + n));
      }
      gateway.hear(ADDRESS);

      for (int round = 1; round <= 3; round++) {
        int times = round;
        redis.kill();
        await("lost")
            .until(() -> gateway.lostTimes() == times && !hub.carrier().state().connected());
        assertThat(gateway.carrier().state().connected()).isFalse();
        assertThat(gateway.carrier().state().reason()).isNotEmpty();
        redis.start();
        await("restored").until(() -> gateway.restoredTimes() == times);
        await("connected").until(() -> hub.carrier().state().connected());

        for (int n = 0; n < 1_200; n++) {
          hub.publish("md.quote.S" + n, n);
        }
        for (int n = 0; n < 1_200; n++) {
          assertThat(heard.get(n).next()).isEqualTo(n);
          assertThat(heard.get(n).waiting()).isZero();
        }
      }
      assertThat(gateway.counted("channels")).isEqualTo(1_201);
      await("both links").until(() -> gateway.counted("reconnects") == 6);
      for (Heard one : heard) {
        one.subscription().unregister().await(10, TimeUnit.SECONDS);
      }
      assertThat(gateway.counted("channels")).isEqualTo(1);
      assertThat(hub.counted("waiting")).isZero();
    }
  }

  /** A publisher that is cut off while others are not must not leave them with an old bar and no hint. */
  @Test
  void shouldTellTheNewestOfWhatWaited() throws Exception {
    try (RedisProcess redis = new RedisProcess(folder);
        RedisNode gateway = new RedisNode(redis.uri())) {
      gateway.ask(
          redis.uri(), Command.ACL, "SETUSER", "hub", "on", ">s3cret", "allchannels", "+@all");
      try (RedisNode hub = new RedisNode("redis://hub:s3cret@127.0.0.1:" + redis.port())) {
        Heard heard = gateway.hear(ADDRESS);
        hub.publish(ADDRESS, 1);
        assertThat(heard.next()).isEqualTo(1);
        gateway.ask(redis.uri(), Command.ACL, "SETUSER", "hub", "off");
        gateway.ask(redis.uri(), Command.CLIENT, "KILL", "USER", "hub");
        await("lost").until(() -> !hub.carrier().state().connected());

        for (int n = 2; n < 50_000; n++) {
          hub.publish(ADDRESS, n);
        }
        await("replaced").until(() -> hub.counted("waiting") == 1);
        assertThat(hub.counted("dropped", "reason", "replaced")).isEqualTo(49_997);
        gateway.ask(redis.uri(), Command.ACL, "SETUSER", "hub", "on");

        assertThat(heard.next()).isEqualTo(49_999);
        await("nothing waits").until(() -> hub.counted("waiting") == 0);
        assertThat(gateway.lostTimes()).isZero();
      }
    }
  }

  @Test
  void shouldGiveUpAServerThatHangs() throws Exception {
    try (RedisProcess redis = new RedisProcess(folder);
        RedisNode hub = new RedisNode(redis.uri());
        RedisNode gateway = new RedisNode(redis.uri())) {
      Heard heard = gateway.hear(ADDRESS);
      hub.publish(ADDRESS, 1);
      assertThat(heard.next()).isEqualTo(1);

      redis.signal("STOP");
      for (int n = 2; n < 20_000; n++) {
        hub.publish(ADDRESS, n);
      }
      await("noticed").until(() -> gateway.lostTimes() == 1);
      await("noticed").until(() -> !hub.carrier().state().connected());
      assertThat(hub.counted("waiting")).isLessThan(20_000);
      redis.signal("CONT");

      await("restored").until(() -> gateway.restoredTimes() == 1);
      await("connected").until(() -> hub.carrier().state().connected());
      hub.publish(ADDRESS, 20_000);
      int last = 1;
      while (last < 20_000) {
        int next = heard.next();
        assertThat(next).isGreaterThan(last);
        last = next;
      }
    }
  }

  @Test
  void shouldStartWithoutAServer() throws Exception {
    RedisProcess redis = new RedisProcess(folder);
    redis.kill();
    try (RedisNode hub = new RedisNode(redis.uri());
        RedisNode gateway = new RedisNode(redis.uri())) {
      assertThat(gateway.carrier().state().connected()).isFalse();
      // Nothing holds a reader up; it is told when to ask again.
      Heard heard = gateway.hear(ADDRESS);

      redis.start();

      await("restored").until(() -> gateway.restoredTimes() == 1);
      await("connected").until(() -> hub.carrier().state().connected());
      hub.publish(ADDRESS, 1);
      assertThat(heard.next()).isEqualTo(1);
    } finally {
      redis.close();
    }
  }

  @Test
  void shouldKeepMarketsApart() throws Exception {
    MarketDescriptor synthetic =
        new MarketDescriptor("sim-1", MarketDescriptor.Mode.SYNTHETIC, "test");
    try (RedisProcess redis = new RedisProcess(folder);
        RedisNode live = new RedisNode(redis.uri());
        RedisNode simulated = new RedisNode(settings(redis.uri()), synthetic)) {
      Heard real = live.hear(ADDRESS);
      Heard invented = simulated.hear(ADDRESS);
      Heard raw = live.hear("sim-1:" + ADDRESS);

      simulated.publish(ADDRESS, 1);
      live.publish(ADDRESS, 2);

      assertThat(raw.next()).isEqualTo(1);
      assertThat(invented.next()).isEqualTo(1);
      assertThat(real.next()).isEqualTo(2);
      assertThat(real.waiting() + invented.waiting()).isZero();
    }
  }

  private static Map<String, String> settings(String uri) {
    return Map.of("fanout.mode", "redis", "redis.uri", uri);
  }

  @Test
  void shouldSayThatItsPasswordIsRefused() throws Exception {
    try (RedisProcess redis = new RedisProcess(folder, "--requirepass", "right");
        RedisNode refused = new RedisNode("redis://:wr0ng@127.0.0.1:" + redis.port());
        RedisNode accepted = new RedisNode("redis://:right@127.0.0.1:" + redis.port())) {
      assertThat(accepted.carrier().state().connected()).isTrue();
      assertThat(refused.carrier().state().connected()).isFalse();
      assertThat(refused.carrier().state().reason()).contains("WRONGPASS").doesNotContain("wr0ng");
    }
  }

  @Test
  void shouldWorkWithTheRightsItNeedsAndSayWhichAreMissing() throws Exception {
    Path rights = folder.resolve("users.acl");
    Files.writeString(rights, """
        user default off
        user hub on >s3cret resetchannels &md.* -@all +hello +auth +ping +publish +subscribe +unsubscribe
        user blind on >s3cret resetchannels -@all +hello +auth +ping +publish +subscribe +unsubscribe
        """);
    try (RedisProcess redis = new RedisProcess(folder, "--aclfile", rights.toString());
        RedisNode hub = new RedisNode("redis://hub:s3cret@127.0.0.1:" + redis.port());
        RedisNode blind = new RedisNode("redis://blind:s3cret@127.0.0.1:" + redis.port())) {
      Heard heard = hub.hear(ADDRESS);
      hub.publish(ADDRESS, 1);
      assertThat(heard.next()).isEqualTo(1);
      assertThat(hub.carrier().state().connected()).isTrue();

      blind.publish(ADDRESS, 2);
      await("refused").until(() -> blind.counted("dropped", "reason", "refused") == 1);
      assertThat(blind.carrier().state().reason()).contains("NOPERM");
      blind.hear(ADDRESS);
      await("refused").until(() -> blind.lostTimes() > 0);
      assertThat(heard.waiting()).isZero();
    }
  }

  @Test
  void shouldLeaveNothingBehind() throws Exception {
    try (RedisProcess redis = new RedisProcess(folder);
        RedisNode watcher = new RedisNode(redis.uri());
        RedisNode node = new RedisNode(redis.uri())) {
      node.hear(ADDRESS);
      assertThat(connections(watcher, redis)).isEqualTo(5);

      redis.kill();
      await("lost").until(() -> node.lostTimes() == 1 && watcher.lostTimes() == 1);
      redis.start();
      await("restored").until(() -> node.restoredTimes() == 1 && watcher.restoredTimes() == 1);
      await("connected").until(() -> connections(watcher, redis) == 5);
      node.carrier().close().await();
      node.publish(ADDRESS, 1);

      await("closed").until(() -> connections(watcher, redis) == 3);
      assertThat(node.counted("published") + node.counted("waiting")).isZero();
    }
  }

  private static long connections(RedisNode node, RedisProcess redis) {
    return node.ask(redis.uri(), Command.CLIENT, "LIST").toString().lines().count();
  }
}
