package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.cluster.SingleNode;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.feed.FeedStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner that hears no majority any more, or was stopped for a while, says nothing of what it owned. */
@Timeout(60)
class FencedHubTest {
  private static final int SHARD = Shards.of(HubRig.SPY);
  private static final int SPEAKING_SHARD = 0;
  private static final String NODE = SingleNode.NODE_ID;
  private static final long FENCE_MILLIS = 1_200;
  private static final String CHART =
      Addresses.chart(new StreamKey(HubRig.SPY, Timeframe.M1, SessionMode.EXTENDED));
  private static final String HOURS =
      Addresses.chart(new StreamKey(HubRig.SPY, Timeframe.H1, SessionMode.EXTENDED));
  private static final String QUOTE = Addresses.quote(HubRig.SPY);

  @TempDir
  private Path folder;

  private final ScriptedCluster cluster = new ScriptedCluster();
  private final AtomicLong heardMillis = new AtomicLong(Long.MAX_VALUE / 2);
  private final List<Message<?>> published = new CopyOnWriteArrayList<>();
  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:00:20", folder, clock -> {
      Cluster view = cluster.join(NODE, Role.HUB);
      cluster.cutOff(NODE, () -> clock.millis() - heardMillis.get() > FENCE_MILLIS);
      return view;
    });
    cluster.grant(SHARD, NODE, false).await();
    cluster.grant(SPEAKING_SHARD, NODE, false).await();
    for (String address : List.of(CHART, QUOTE, Addresses.STATUS, Addresses.ALERTS)) {
      rig.vertx.eventBus().consumer(address, published::add);
    }
    rig.demand(Duration.ofHours(1), CHART, QUOTE);
    rig.feed(FeedStatus.State.STREAMING, "", rig.clock.millis());
    rig.advance(Duration.ofSeconds(75), true);
    rig.until(() -> List.of(CHART, QUOTE, Addresses.STATUS).stream()
        .noneMatch(address -> at(address).isEmpty()));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void cutOff() {
    heardMillis.set(rig.clock.millis() - FENCE_MILLIS - 1);
  }

  private void heard() {
    heardMillis.set(Long.MAX_VALUE / 2);
  }

  private static JsonObject question() {
    return new JsonObject().put("symbol", "SPY").put("timeframe", "1m");
  }

  private void assertUnavailable(Future<?> answer) {
    assertThatThrownBy(answer::await).satisfies(thrown -> {
      FailureException failure = FailureException.of(thrown);
      assertThat(failure.code()).isEqualTo(Failure.UNAVAILABLE);
      assertThat(failure.code().isRetryable()).isTrue();
      assertThat(failure.retryAfterMillis()).isPositive();
    });
  }

  private List<Message<?>> at(String address) {
    return published.stream()
        .filter(message -> message.address().equals(address))
        .toList();
  }

  private static long term(Message<?> message) {
    return Long.parseLong(message.headers().get("term"));
  }

  @Test
  void shouldPublishNothingFromTheInstantItIsCutOff() {
    cutOff();
    published.clear();
    rig.advance(Duration.ofSeconds(70), true);
    rig.feed(FeedStatus.State.MUTE, "silent", rig.clock.millis());
    rig.advance(Duration.ofSeconds(5), true);
    assertThat(published).isEmpty();
  }

  @Test
  void shouldAnswerNothingWhileItIsCutOff() {
    cutOff();
    for (String address :
        List.of(Addresses.COMMAND_CHART, Addresses.COMMAND_HISTORY, Addresses.COMMAND_QUOTE)) {
      assertUnavailable(rig.vertx.eventBus().request(address, question()));
    }
    cluster.lose(SHARD, NODE).await();
    assertUnavailable(rig.vertx.eventBus().request(Addresses.COMMAND_CHART, question()));
    heard();
    assertUnavailable(rig.vertx.eventBus().request(Addresses.COMMAND_CHART, question()));
    cluster.grant(SHARD, NODE, false).await();
    assertThat(rig.chart("1m").headers().get("term"))
        .isEqualTo(Long.toString(cluster.highestTerm()));
  }

  @Test
  void shouldGoOnUnderAHigherTermWhenTheShardComesBack() {
    Message<?> last = at(CHART).get(at(CHART).size() - 1);
    ChartUpdate before = update(last);
    cutOff();
    published.clear();
    rig.advance(Duration.ofSeconds(4), true);
    cluster.lose(SHARD, NODE).await();
    rig.advance(Duration.ofSeconds(4), true);
    heard();
    cluster.grant(SHARD, NODE, false).await();
    rig.advance(Duration.ofSeconds(70), true);

    List<Message<?>> since = at(CHART);
    assertThat(since).isNotEmpty().allMatch(message -> term(message) > term(last));
    assertThat(at(QUOTE)).isNotEmpty().allMatch(message -> term(message) > term(last));
    long known = before.seq();
    for (Message<?> message : since) {
      ChartUpdate update = update(message);
      assertThat(update.epoch()).isEqualTo(before.epoch());
      assertThat(update.fromSeq()).isLessThanOrEqualTo(known);
      known = update.seq();
    }
  }

  private long olderHoursAsked() {
    return rig.questions.stream()
        .filter(question -> question.getLong("from") < HubRig.at("2013-09-20T00:00"))
        .count();
  }

  @Test
  void shouldLoadNothingAnewBecauseItIsDoubted() {
    rig.doubted = true;
    rig.demand(Duration.ofHours(1), CHART, HOURS);
    assertThat(rig.snapshot("1h").bars()).hasSizeLessThan(10);
    assertThat(olderHoursAsked()).isEqualTo(1);
    cluster.lose(SHARD, NODE).await();
    rig.advance(Duration.ofSeconds(4), true);
    cluster.grant(SHARD, NODE, false).await();
    rig.settle();
    assertThat(olderHoursAsked()).as("as of the owner before").isEqualTo(1);

    rig.doubted = false;
    rig.advance(Duration.ofSeconds(65), true);
    assertThat(olderHoursAsked()).as("a minute later").isEqualTo(2);
    assertThat(rig.snapshot("1h").bars()).hasSizeGreaterThan(100);
  }

  private static ChartUpdate update(Message<?> message) {
    return (ChartUpdate) ChartJsonReader.read((Buffer) message.body());
  }

  @Test
  void shouldPublishNothingWhenItWakesUpAsAFormerOwner() {
    heardMillis.set(rig.clock.millis());
    published.clear();
    List<Future<?>> answers = new CopyOnWriteArrayList<>();
    rig.runOnHub(() -> {
      rig.clock.advance(20_000);
      rig.send(List.of(HubRig.second(rig.clock.millis() / 1_000 * 1_000 - 2_000)));
      answers.add(rig.vertx.eventBus().request(Addresses.COMMAND_CHART, question()));
      rig.scheduler.advance(Duration.ZERO);
    });
    rig.settle();
    assertThat(published).isEmpty();
    answers.forEach(this::assertUnavailable);

    cluster.tellFenced(NODE);
    cluster.lose(SHARD, NODE).await();
    cluster.lose(SPEAKING_SHARD, NODE).await();
    heard();
    rig.advance(Duration.ofSeconds(65), true);
    assertThat(published).isEmpty();
  }
}
