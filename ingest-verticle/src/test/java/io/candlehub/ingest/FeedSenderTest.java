package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.FailureException;
import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.FeedReplay;
import io.candlehub.ingest.FeedRig.RigHub;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FeedSenderTest {
  private static final long A_TERM = 10;
  private static final long B_TERM = 20;

  private final FeedRig rig = new FeedRig("a", "b");
  private final RigHub a = rig.hubs.get("a");
  private final RigHub b = rig.hubs.get("b");
  private final int shard = rig.shard(0);

  @BeforeEach
  void start() {
    rig.sender.start();
    a.own(A_TERM, 0, shard);
  }

  @Test
  void shouldSendEachShardToItsOwnerInOneParcelANode() {
    b.own(A_TERM, 0, rig.shard(1));
    a.own(A_TERM, 0, rig.shard(2));
    rig.sender.accept(List.of(
        ShardJournalTest.bar(rig.instruments.get(0), 0),
        ShardJournalTest.bar(rig.instruments.get(1), 0),
        ShardJournalTest.bar(rig.instruments.get(2), 0),
        ShardJournalTest.bar(rig.instruments.get(0), 1)));

    assertThat(a.applied).containsEntry(shard, 2L).containsEntry(rig.shard(2), 1L);
    assertThat(b.applied).containsEntry(rig.shard(1), 1L);
    assertThat(data(a)).hasSize(2);
    assertThat(data(b)).hasSize(1);
  }

  @Test
  void shouldSendWhatIsNotSafeToTheNextOwner() {
    rig.feed(0, 10);
    a.ack(shard, A_TERM, 10, 6);
    rig.feed(0, 5);

    rig.script.vanish("a");
    rig.feed(0, 5);
    b.own(B_TERM, 6, shard);
    rig.feed(0, 1);

    assertThat(data(b).get(0).firstSeq()).isEqualTo(6);
    assertThat(b.applied).containsEntry(shard, 21L);
  }

  @Test
  void shouldSendAgainWhenTheSameNodeHasANewTerm() {
    rig.feed(0, 10);
    a.ack(shard, A_TERM, 10, 4);

    a.own(B_TERM, 4, shard);

    assertThat(a.applied).containsEntry(shard, 10L);
    assertThat(rig.count("feed.frames")).isEqualTo(2);
  }

  @Test
  void shouldIgnoreAcknowledgementsThatAreVoid() {
    rig.feed(0, 10);
    a.ack(shard, A_TERM, 10, 6);

    a.ack(shard, A_TERM, 10, 6);
    a.ack(shard, A_TERM, 3, 3);
    a.ack(shard, A_TERM - 1, 10, 10);
    a.ack(shard, A_TERM, 11, 11);
    b.ack(shard, A_TERM, 10, 10);
    a.ack(99, A_TERM, 10, 10);
    rig.sender.acknowledged(new FeedAcks(
        "a", "test", FeedRig.TERM - 1, List.of(new FeedAcks.ShardAck(shard, A_TERM, 10, 10))));

    assertThat(rig.journal.shard(shard).safeSeq()).isEqualTo(6);
    b.own(B_TERM, 6, shard);
    a.ack(shard, A_TERM, 10, 10);
    assertThat(rig.journal.shard(shard).safeSeq()).isEqualTo(6);
    assertThat(b.applied).containsEntry(shard, 10L);
  }

  @Test
  void shouldFollowAnOwnerWhoseAcknowledgementComesBeforeItsLease() {
    rig.feed(0, 3);
    a.ack(shard, A_TERM, 3, 3);
    b.applied.put(shard, 3L);
    b.ack(shard, B_TERM, 3, 3);

    rig.feed(0, 2);

    assertThat(b.applied).containsEntry(shard, 5L);
    assertThat(a.applied).containsEntry(shard, 3L);
  }

  @Test
  void shouldSendLittleToASilentNodeAndAllOnceItIsHeard() {
    a.frozen = true;
    for (int i = 0; i < 1_000; i++) {
      rig.feed(0, 100);
      rig.advance(10);
    }

    long window = FeedFlow.WINDOW_BYTES / 70;
    assertThat(a.bytesTaken).isLessThan(window + 5_000);
    assertThat(rig.count("stalls")).isEqualTo(1);
    assertThat(rig.journal.bytes()).isLessThanOrEqualTo((long) FeedRig.MEGABYTES << 20);

    a.frozen = false;
    long oldest = rig.journal.shard(shard).oldestSeq();
    assertThat(oldest).isPositive();
    assertThat(rig.count("journal.overruns")).isPositive();
    a.own(B_TERM, oldest, shard);
    rig.advance(300);
    while (a.applied.get(shard) < rig.fed(0)) {
      long before = a.applied.get(shard);
      a.ack();
      assertThat(a.applied.get(shard)).isGreaterThan(before);
    }
    rig.feed(0, 1);
    assertThat(a.applied).containsEntry(shard, rig.fed(0));
  }

  @Test
  void shouldTryANodeAgainThatHadNoInbox() {
    a.closed = true;
    rig.feed(0, 10);
    rig.feed(0, 10);
    assertThat(data(a)).isEmpty();

    a.closed = false;
    rig.advance(300);
    a.ack();

    assertThat(a.applied).containsEntry(shard, 20L);
    rig.feed(0, 1);
    assertThat(a.applied).containsEntry(shard, 21L);
    assertThat(rig.count("stalls")).isEqualTo(1);
  }

  @Test
  void shouldNotCountANodeAsSilentThatOwesNothing() {
    a.frozen = true;
    rig.feed(0, 10);
    rig.advance(3_000);
    assertThat(rig.silentNodes()).isEqualTo(1);

    a.ack(shard, A_TERM, 10, 10);
    rig.advance(10_000);

    assertThat(rig.silentNodes()).isZero();
    assertThat(rig.count("stalls")).isEqualTo(1);
  }

  @Test
  void shouldSendAtOnceToANodeWhoseInboxWasLate() {
    a.closed = true;
    rig.advance(1_100);
    assertThat(rig.silentNodes()).isEqualTo(1);

    a.closed = false;
    rig.advance(1_100);
    rig.feed(0, 1);

    assertThat(a.applied).containsEntry(shard, 1L);
  }

  @Test
  void shouldSendALostFrameAgainAlthoughNothingFollows() {
    rig.feed(0, 3);
    a.ack();
    rig.lost = parcel -> true;
    rig.feed(0, 3);
    rig.lost = parcel -> false;

    rig.advance(1_200);

    assertThat(a.applied).containsEntry(shard, 6L);
    a.ack();
    long frames = data(a).size();
    rig.advance(10_000);
    assertThat(data(a)).hasSize((int) frames);
    assertThat(rig.count("stalls")).isZero();
  }

  @Test
  void shouldSayNothingOnceItIsCutOff() {
    rig.script.cutOff("ingest", () -> true);
    rig.feed(0, 3);

    assertThat(data(a)).isEmpty();
    assertThat(rig.journal.shard(shard).nextSeq()).isZero();
  }

  @Test
  void shouldTellEveryHubTheStatusInOrderWithTheData() {
    rig.sender.accept(List.of(
        ShardJournalTest.bar(rig.instruments.get(0), 0),
        feed(FeedStatus.State.DISCONNECTED),
        ShardJournalTest.bar(rig.instruments.get(0), 1)));

    assertThat(a.inOrder)
        .containsExactly(
            ShardJournalTest.bar(rig.instruments.get(0), 0),
            feed(FeedStatus.State.DISCONNECTED),
            ShardJournalTest.bar(rig.instruments.get(0), 1));
    assertThat(b.statuses).containsExactly(feed(FeedStatus.State.DISCONNECTED));
  }

  @Test
  void shouldTellANewHubWhereTheStatusStands() {
    Topic spy = new Topic(Channel.MINUTES, rig.instruments.get(0));
    Topic other = new Topic(Channel.MINUTES, rig.instruments.get(1));
    TopicStatus ready = new TopicStatus(spy, TopicStatus.State.READY);
    rig.sender.accept(List.of(
        feed(FeedStatus.State.CONNECTING),
        feed(FeedStatus.State.STREAMING),
        ready,
        new TopicStatus(other, TopicStatus.State.READY),
        new TopicStatus(other, TopicStatus.State.LOST)));

    RigHub c = rig.join("c");
    FeedReplay.Answer answer =
        rig.sender.replay(FeedReplay.Question.fromMillis("c", "test", FeedBatch.EVERY_SHARD, 0));

    assertThat(c.received).hasSize(1);
    assertThat(c.received.get(0).firstSeq()).isEqualTo(5);
    assertThat(answer.nextSeq()).isEqualTo(5);
    assertThat(answer.gone()).isFalse();
    assertThat(answer.parcel().batches().get(0).events())
        .containsExactly(feed(FeedStatus.State.STREAMING), ready);

    rig.advance(1_000);
    assertThat(c.received).hasSize(2);
  }

  @Test
  void shouldReplayFromANumberOrATime() {
    long began = rig.clock.millis();
    rig.feed(0, 3);
    rig.advance(1_000);
    rig.feed(0, 3);

    FeedReplay.Answer bySeq = rig.sender.replay(fromSeq(FeedRig.TERM, 2));
    FeedReplay.Answer byTime =
        rig.sender.replay(FeedReplay.Question.fromMillis("b", "test", shard, began + 1));

    assertThat(bySeq.nextSeq()).isEqualTo(6);
    assertThat(only(bySeq).firstSeq()).isEqualTo(2);
    assertThat(only(bySeq).receivedMillis()).isEqualTo(began);
    assertThat(only(bySeq).endSeq()).isEqualTo(6);
    assertThat(only(byTime).firstSeq()).isEqualTo(3);
    assertThat(rig.sender.replay(fromSeq(FeedRig.TERM, 6)).parcel().batches()).isEmpty();
    assertThatThrownBy(
            () -> rig.sender.replay(FeedReplay.Question.fromMillis("b", "other", shard, 0)))
        .isInstanceOf(FailureException.class);
  }

  @Test
  void shouldSayWhatIsGone() {
    long began = rig.clock.millis();
    rig.feed(0, 1_000);
    a.ack();
    rig.advance(100_000);
    rig.feed(0, 2);

    for (FeedReplay.Question gone : List.of(
        fromSeq(FeedRig.TERM, 0),
        fromSeq(FeedRig.TERM - 1, 1_001),
        FeedReplay.Question.fromMillis("b", "test", shard, began),
        FeedReplay.Question.fromMillis("b", "test", rig.shard(1), began - 1))) {
      FeedReplay.Answer answer = rig.sender.replay(gone);
      assertThat(answer.gone()).isTrue();
      assertThat(answer.ingestTerm()).isEqualTo(FeedRig.TERM);
      assertThat(answer.parcel().batches()).isEmpty();
    }
    FeedReplay.Answer rest = rig.sender.replay(fromSeq(FeedRig.TERM, 1_000));
    assertThat(rest.gone()).isFalse();
    assertThat(rest.oldestSeq()).isEqualTo(1_000);
    assertThat(only(rest).events()).hasSize(2);
    assertThat(rig.count("replays")).isEqualTo(5);
  }

  @Test
  void shouldAnswerALongReplayInParts() {
    rig.feed(0, 20_000);
    long at = 0;
    int parts = 0;
    FeedReplay.Answer answer;
    do {
      answer = rig.sender.replay(fromSeq(FeedRig.TERM, at));
      assertThat(only(answer).firstSeq()).isEqualTo(at);
      at = only(answer).endSeq();
      parts++;
    } while (at < answer.nextSeq());

    assertThat(at).isEqualTo(20_000);
    assertThat(parts).isGreaterThan(1);
  }

  @Test
  void shouldLeaveNothingBehind() {
    rig.feed(0, 3);
    rig.sender.stop();

    assertThat(rig.scheduler.pending()).isZero();
    a.own(B_TERM, 0, shard);
    assertThat(a.applied).containsEntry(shard, 0L);
  }

  private FeedReplay.Question fromSeq(long term, long seq) {
    return FeedReplay.Question.fromSeq("b", "test", shard, term, seq);
  }

  private static FeedBatch only(FeedReplay.Answer answer) {
    assertThat(answer.parcel().batches()).hasSize(1);
    return answer.parcel().batches().get(0);
  }

  private static List<FeedBatch> data(RigHub hub) {
    return hub.received.stream()
        .filter(batch -> batch.shard() != FeedBatch.EVERY_SHARD)
        .toList();
  }

  private static FeedStatus feed(FeedStatus.State state) {
    return new FeedStatus("test", "stocks", state, "", 0, Set.of(), 5);
  }
}
