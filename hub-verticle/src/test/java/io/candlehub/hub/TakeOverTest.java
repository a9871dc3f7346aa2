package io.candlehub.hub;

import static io.candlehub.hub.HubRig.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.QuoteJson;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.Quote;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Losses on top of losses: whatever dies while a shard moves, clients hear the truth and no more. */
@Timeout(60)
class TakeOverTest {
  private static final Instrument QQQ = Instrument.of("QQQ");
  private static final int SHARD = Shards.of(SPY);
  private static final int OTHER = Shards.of(QQQ);
  private static final StreamKey CHART = minutes(SPY);
  private static final StreamKey SECONDS = new StreamKey(SPY, Timeframe.S5, SessionMode.EXTENDED);

  @TempDir
  private Path folder;

  private ClusterRig rig;

  @BeforeEach
  void open() {
    rig = new ClusterRig(folder, SPY, QQQ);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static StreamKey minutes(Instrument instrument) {
    return new StreamKey(instrument, Timeframe.M1, SessionMode.EXTENDED);
  }

  private BusClient watch(String owner, StreamKey key) {
    rig.cluster.grant(SHARD, owner, false).await();
    rig.demand(Addresses.chart(key));
    return rig.client(key);
  }

  @Test
  void shouldKeepTheQuoteThatTheFormerOwnerKnew() {
    rig.start("a", "b");
    String address = Addresses.quote(SPY);
    List<Message<Buffer>> told = new CopyOnWriteArrayList<>();
    rig.vertx.eventBus().<Buffer>consumer(address, told::add);
    rig.cluster.grant(SHARD, "a", false).await();
    rig.demand(address);
    rig.until(() -> told.size() > 20);
    rig.ingest.stop();
    rig.pass(15_000);
    Quote last = quote(told.get(told.size() - 1));
    assertThat(last.previousClose()).isEqualTo(150);

    rig.kill("a");
    rig.cluster.grant(SHARD, "b", false).await();
    Message<Buffer> answer = rig.vertx
        .eventBus()
        .<Buffer>request(Addresses.COMMAND_QUOTE, new JsonObject().put("symbol", "SPY"))
        .await();
    assertThat(quote(answer)).isEqualTo(last);
    long before = 0;
    for (Message<Buffer> message : told) {
      long term = Long.parseLong(message.headers().get("term"));
      assertThat(term).isGreaterThanOrEqualTo(before);
      before = term;
    }
    assertThat(told).extracting(message -> quote(message).atMillis()).isSorted();
  }

  private static Quote quote(Message<Buffer> message) {
    return QuoteJson.read(message.body().toJsonObject()).orElseThrow();
  }

  @Test
  void shouldLoseNoTradeAndKnowEverySide() {
    rig.start("a", "b");
    rig.ingest.trading = true;
    List<Message<Buffer>> told = new CopyOnWriteArrayList<>();
    rig.vertx.eventBus().<Buffer>consumer(Addresses.trades(SPY), told::add);
    rig.cluster.grant(SHARD, "a", false).await();
    rig.demand(Addresses.trades(SPY), Addresses.chart(CHART));
    rig.until(() -> told.size() > 20);
    rig.pass(15_000);
    rig.kill("a");
    rig.pass(5_000);
    rig.cluster.grant(SHARD, "b", false).await();
    int before = told.size();
    rig.until(() -> told.size() > before + 20);
    rig.ingest.stop();

    Set<Long> seconds = new TreeSet<>();
    told.stream()
        .flatMap(message -> message.body().toJsonObject().getJsonArray("trades").stream())
        .map(JsonObject.class::cast)
        .peek(trade -> assertThat(trade.getInteger("confidence")).isEqualTo(100))
        .forEach(trade -> seconds.add(trade.getLong("t") - 500));
    long first = seconds.iterator().next();
    long last = seconds.stream().max(Long::compare).orElseThrow();
    for (long second = first; second <= last; second += 1_000) {
      assertThat(seconds.contains(second)).isEqualTo(HubRig.isTraded(second));
    }
  }

  @Test
  void shouldCarryAnOptionsIntradayChartOnWithItsUnderlyings() {
    rig.start("a", "b");
    BusClient client = watch("a", minutes(Instrument.of("O:SPY131018C00150000")));
    rig.pass(70_000);
    rig.kill("a");
    rig.pass(6_000);
    rig.cluster.grant(SHARD, "b", false).await();
    rig.untilUpdated(client);
    rig.pass(60_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.snapshots()).isEqualTo(1);
    assertThat(client.backward()).isZero();
  }

  @Test
  void shouldBeginSecondsAnewWithASnapshot() {
    rig.start("a", "b");
    BusClient client = watch("a", SECONDS);
    rig.pass(40_000);
    rig.kill("a");
    rig.pass(6_000);
    rig.cluster.grant(SHARD, "b", false).await();
    rig.until(() -> client.snapshots() == 2);
    rig.untilUpdated(client);
    rig.pass(40_000);

    long end = rig.ingest.stop() + 20_000;
    rig.until(() -> client.bars().stream()
        .filter(bar -> bar.startMillis() + 5_000 < end)
        .allMatch(bar -> bar.isFinal() && bar.volume() == 5));
    assertThat(client.bars()).hasSizeGreaterThan(10);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.backward()).isZero();
    ClusterRig.assertNothingCalledQuiet(client);
  }

  @Test
  void shouldCallWhatTheJournalHasForgottenAnOutageAndFillIt() {
    rig.start("a", "b");
    BusClient client = watch("a", CHART);
    rig.pass(70_000);
    rig.kill("a");
    long died = rig.marketMillis();
    rig.pass(130_000);
    rig.ingest.forget();
    rig.ingest.answering(false);
    rig.cluster.grant(SHARD, "b", false).await();
    rig.until(() ->
        outages(client).stream().anyMatch(outage -> outage.toMillis() > died + HubRig.MINUTE));
    assertThat(outages(client))
        .extracting(Interval::fromMillis)
        .allMatch(from -> from >= died - 2 * HubRig.MINUTE && from < died + HubRig.MINUTE);
    rig.ingest.answering(true);
    rig.pass(60_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
  }

  @Test
  void shouldKnowWhoToldTheBarsThatTheFormerOwnerLoaded() {
    rig.start("a", "b");
    rig.ingest.fallbackReason = "error";
    BusClient client = watch("a", CHART);
    rig.until(() -> client.reasons().contains("bars come from tradier (error)"));
    rig.pass(70_000);
    rig.kill("a");
    rig.pass(6_000);
    int before = client.updates();
    rig.cluster.grant(SHARD, "b", false).await();
    rig.until(() -> client.updates() > before + 20);
    assertThat(client.reasons().subList(before, before + 20)).doesNotContain("");
    rig.ingest.fallbackReason = "";
    int then = client.updates();
    rig.until(() -> client.reasons().stream().skip(then).anyMatch(String::isEmpty));

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
  }

  private static List<Interval> outages(BusClient client) {
    return client.intervals().stream()
        .filter(interval -> interval.state() == IntervalState.OUTAGE)
        .toList();
  }

  @Test
  void shouldMoveTwoShardsAtOnceInOppositeDirections() {
    rig.start("a", "b");
    rig.cluster.grant(SHARD, "a", false).await();
    rig.cluster.grant(OTHER, "b", false).await();
    rig.demand(Addresses.chart(CHART), Addresses.chart(minutes(QQQ)));
    BusClient spy = rig.client(CHART);
    BusClient qqq = rig.client(minutes(QQQ));
    rig.pass(70_000);
    for (int i = 0; i < 4; i++) {
      String one = i % 2 == 0 ? "a" : "b";
      String two = i % 2 == 0 ? "b" : "a";
      Future.all(rig.cluster.move(SHARD, one, two), rig.cluster.move(OTHER, two, one))
          .await();
      rig.untilUpdated(spy);
      rig.untilUpdated(qqq);
    }
    rig.pass(60_000);

    rig.assertTruth(spy, qqq);
    for (BusClient client : List.of(spy, qqq)) {
      assertThat(client.epochs()).isEqualTo(1);
      assertThat(client.snapshots()).isEqualTo(1);
      assertThat(client.holes()).isZero();
      assertThat(client.backward()).isZero();
    }
  }

  @Test
  void shouldFindAnotherStandbyWhenItsOwnDiesWhileTheShardMoves() {
    rig.start("a", "b", "c");
    BusClient client = watch("a", CHART);
    String standby = rig.cluster.standby(SHARD, "a");
    String successor = standby.equals("b") ? "c" : "b";
    rig.pass(70_000);
    Future<Void> moved = rig.cluster.move(SHARD, "a", successor);
    rig.kill(standby);
    moved.await();
    rig.untilUpdated(client);
    rig.pass(30_000);
    rig.kill(successor);
    rig.cluster.grant(SHARD, "a", false).await();
    rig.pass(60_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.snapshots()).isEqualTo(1);
    assertThat(client.backward()).isZero();
  }

  @Test
  void shouldGoOnAtOnceWhenTheSuccessorDiesWithTheLastChange() {
    rig.start("a");
    BusClient client = watch("a", CHART);
    rig.pass(70_000);
    AtomicBoolean moving = new AtomicBoolean();
    AtomicInteger heard = new AtomicInteger();
    Promise<Void> last = Promise.promise();
    rig.cluster.join("ghost", Role.HUB);
    // It takes what there is, so that the shard stops, and dies before it has the last change.
    rig.vertx.eventBus().<Buffer>consumer(Addresses.hubStandby("ghost"), message -> {
      boolean stopped = moving.get() && heard.incrementAndGet() > 1;
      if (stopped) {
        last.tryComplete();
      } else {
        message.reply(new JsonObject().put("missing", new JsonArray()));
      }
    });
    rig.pass(10_000);
    moving.set(true);
    Future<Void> moved = rig.cluster.move(SHARD, "a", "ghost");
    last.future().await();
    int before = client.updates();
    rig.cluster.kill("ghost");
    long begun = System.nanoTime();
    assertThatThrownBy(moved::await).isInstanceOf(Throwable.class);
    rig.until(() -> client.updates() > before);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(1_000);
    rig.pass(60_000);

    rig.assertTruth(client);
    assertThat(client.epochs()).isEqualTo(1);
    assertThat(client.holes()).isZero();
  }

  @Test
  void shouldBeginANewEpochWhenOwnerAndStandbyAreLost() {
    rig.start("a", "b", "c");
    BusClient client = watch("a", CHART);
    rig.pass(70_000);
    String standby = rig.cluster.standby(SHARD, "a");
    rig.kill("a");
    rig.kill(standby);
    rig.pass(10_000);
    rig.cluster.grant(SHARD, standby.equals("b") ? "c" : "b", false).await();
    rig.until(() -> client.epochs() == 2);
    rig.pass(90_000);

    rig.assertTruth(client);
    assertThat(client.snapshots()).isEqualTo(2);
    assertThat(client.backward()).isZero();
  }
}
