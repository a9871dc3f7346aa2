package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FeedReplay;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Cluster;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FeedLaneTest {
  private static final long TERM = 5;
  private static final int SHARD = 3;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<FeedEvent> journal = new ArrayList<>();
  private final List<Long> asked = new CopyOnWriteArrayList<>();
  private final Log log = new Log();
  private volatile long oldest;
  private volatile long term = TERM;
  private volatile boolean answering = true;
  private FeedLane lane;

  /** Notes what the lane brings, by the number that each event has in the journal. */
  private final class Log implements FeedLane.Taker {
    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private final List<Long> rebuilt = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final List<Long> missed = new CopyOnWriteArrayList<>();
    private final List<Long> rebuiltFrom = new CopyOnWriteArrayList<>();

    private void note(List<FeedEvent> events, LongConsumer into) {
      events.forEach(event -> into.accept(journal.indexOf(event)));
    }

    @Override
    public void rebuild(List<FeedEvent> events) {
      note(events, rebuilt::add);
    }

    @Override
    public void take(List<FeedEvent> events, long receivedMillis) {
      note(events, taken::add);
    }

    @Override
    public void status(List<FeedEvent> events) {
      statuses.add(events.size());
    }

    @Override
    public void missed(long receivedMillis) {
      missed.add(receivedMillis);
    }

    @Override
    public void rebuiltFrom(long receivedMillis) {
      rebuiltFrom.add(receivedMillis);
    }
  }

  @BeforeEach
  void open() {
    BusCodecs.register(vertx);
    for (int i = 0; i < 100; i++) {
      journal.add(HubRig.second(HubRig.at("2013-10-07T10:00") + i * 1_000L));
    }
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.INGEST_REPLAY, this::replay)
        .completion()
        .await();
    lane = lane(SHARD);
  }

  private FeedLane lane(int shard) {
    return onContext(() -> Future.succeededFuture(
        new FeedLane("node", "massive", shard, ingest(), new VertxScheduler(vertx), log)));
  }

  private IngestLink ingest() {
    Cluster alone = HubVerticle.alone(InstantSource.system());
    return new IngestLink(vertx.eventBus(), alone, new VertxScheduler(vertx), "massive");
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private <T> T onContext(Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(ignored -> task.get().onSuccess(done::complete).onFailure(done::fail));
    return done.future().await();
  }

  private void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      vertx.timer(2, TimeUnit.MILLISECONDS).await();
    }
  }

  private FeedBatch frame(int shard, int from, int to) {
    return new FeedBatch("massive", term, shard, from, 1_000 + from, journal.subList(from, to));
  }

  private void take(int from, int to) {
    FeedBatch frame = frame(SHARD, from, to);
    onContext(() -> {
      lane.take(frame);
      return Future.succeededFuture();
    });
  }

  private void replay(Message<JsonObject> message) {
    FeedReplay.Question question = FeedReplay.Question.of(message.body());
    long from = question.fromSeq().orElseThrow();
    asked.add(from);
    if (!answering) {
      Failure.UNAVAILABLE.because("no ingest leads").replyTo(message);
      return;
    }
    boolean gone = from < oldest;
    int to = (int) Math.min(journal.size(), from + 30);
    List<FeedBatch> frames = gone ? List.of() : List.of(frame(question.shard(), (int) from, to));
    new FeedReplay.Answer(term, oldest, journal.size(), gone, new FeedParcel(frames))
        .replyTo(message);
  }

  private static List<Long> numbers(long from, long to) {
    List<Long> numbers = new ArrayList<>();
    for (long i = from; i < to; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Test
  void shouldTakeEachEventOnceAndInOrder() {
    take(0, 5);
    take(3, 8);
    take(0, 2);
    take(10, 12);
    take(8, 10);
    assertThat(log.taken).isEqualTo(numbers(0, 12));
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldAskForWhatDoesNotCome() {
    answering = false;
    take(0, 5);
    take(60, 70);
    until(() -> asked.size() > 1);
    answering = true;
    until(() -> log.taken.size() == 70);
    assertThat(log.taken).isEqualTo(numbers(0, 70));
    assertThat(log.missed).isEmpty();
  }

  @Test
  void shouldTellWhatIsGone() {
    take(0, 5);
    oldest = 20;
    take(60, 70);
    until(() -> log.taken.size() == 65);
    assertThat(log.taken.subList(5, 65)).isEqualTo(numbers(20, 80));
    assertThat(log.missed).containsExactly(1_000L);
  }

  @Test
  void shouldBeginAgainUnderANewTermAndDropTheOldOne() {
    take(7, 9);
    FeedBatch old = frame(SHARD, 9, 12);
    term = TERM + 1;
    take(0, 3);
    onContext(() -> {
      lane.take(old);
      return Future.succeededFuture();
    });
    assertThat(log.missed).containsExactly(1_007L);
    assertThat(log.taken).isEqualTo(List.of(7L, 8L, 0L, 1L, 2L));
  }

  @Test
  void shouldRebuildWhatIsKnownAndTakeTheRest() {
    onContext(() -> lane.catchUp(new LanePosition("massive", TERM, 40, 25, 0, 900)));
    assertThat(log.rebuilt).isEqualTo(numbers(25, 40));
    assertThat(log.taken).isEqualTo(numbers(40, 100));
    assertThat(log.rebuiltFrom).isEmpty();
    assertThat(asked).containsExactly(25L, 55L, 85L);
  }

  @Test
  void shouldSayFromWhereItCouldRebuild() {
    oldest = 33;
    onContext(() -> lane.catchUp(new LanePosition("massive", TERM, 40, 25, 0, 900)));
    assertThat(log.rebuilt).isEqualTo(numbers(33, 40));
    assertThat(log.taken).isEqualTo(numbers(40, 100));
    assertThat(log.rebuiltFrom).containsExactly(1_033L);
    assertThat(log.missed).isEmpty();
  }

  @Test
  void shouldNotWaitForEverForAReplay() {
    answering = false;
    Future<Void> caughtUp = onContext(() ->
        Future.succeededFuture(lane.catchUp(new LanePosition("massive", TERM, 40, 25, 0, 900))));
    take(40, 45);
    until(caughtUp::isComplete);
    assertThat(caughtUp.failed()).isTrue();
    until(() -> log.taken.equals(numbers(40, 45)));
    assertThat(log.rebuiltFrom).containsExactly(-1L);
  }

  @Test
  void shouldAskForTheStatusWhenAStatusIsMissing() {
    lane = lane(FeedBatch.EVERY_SHARD);
    FeedBatch late = new FeedBatch("massive", TERM, FeedBatch.EVERY_SHARD, 9, 1, List.of());
    onContext(() -> {
      lane.take(late);
      return Future.succeededFuture();
    });
    until(() -> log.statuses.equals(List.of(30)));
    assertThat(onContext(() -> Future.succeededFuture(lane.nextSeq()))).isEqualTo(100);
  }
}
