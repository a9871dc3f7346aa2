package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.QuoteJson;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.hub.candle.AnswerWorth;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class StandbyStoreTest {
  private static final int SHARD = 9;
  private static final long NOW = HubRig.at("2013-10-07T10:00");
  private static final SeriesState STATE = new SeriesState(
      SeriesState.LOADED,
      5,
      6,
      7,
      new StandIns(
          new StandIn(new Origin("tradier", "error"), 8, 9),
          AnswerWorth.toldBy(new Origin("tradier", "empty")),
          AnswerWorth.DOUBTED),
      64,
      List.of(3L));

  private final ManualClock clock = new ManualClock(NOW);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final OwnedShards shards = new OwnedShards(new ScriptedCluster().join("me", Role.HUB));
  private final StandbyStore store = new StandbyStore(
      scheduler, Duration.ofSeconds(5), shards, new StandbyMeters(new SimpleMeterRegistry()));
  private final CandleSeries series =
      new CandleSeries(TradingCalendar.of(HubRig.SPY), 5_000, "epoch", NOW);
  private final LanePosition position = new LanePosition("massive", 1, 2, 3, 4, 5);

  private JsonArray take(long session, boolean first, boolean complete, Buffer... deltas) {
    List<StandbyBatch.Entry> entries = List.of(deltas).stream()
        .map(delta -> new StandbyBatch.Entry("SPY", STATE, delta))
        .toList();
    StandbyBatch batch = new StandbyBatch(
        "owner",
        List.of(new StandbyBatch.Section(
            SHARD, 8, session, first, complete, List.of(position), entries, List.of())));
    assertThat(StandbyBatch.of(batch.toBuffer())).isEqualTo(batch);
    return store.take(StandbyBatch.of(batch.toBuffer())).getJsonArray("missing");
  }

  private Buffer delta(long sinceSeq) {
    return Buffer.buffer(series.delta(sinceSeq));
  }

  @Test
  void shouldKeepWhatTheOwnerTells() {
    assertThat(take(1, true, true, delta(-1))).isEmpty();
    long before = series.seq();
    series.onBar(HubRig.minute(NOW - HubRig.MINUTE, NOW), NOW + 1_000, 0);
    assertThat(take(1, false, true, delta(before))).isEmpty();

    StandbyStore.Copy copy = store.remove(SHARD).orElseThrow();
    assertThat(copy.positions()).containsExactly(position);
    assertThat(copy.series().get(HubRig.SPY).seq()).isEqualTo(series.seq());
    assertThat(copy.state(HubRig.SPY)).isEqualTo(STATE);
    assertThat(STATE.keys(HubRig.SPY)).hasSize(1);
    assertThat(store.remove(SHARD)).isEmpty();
  }

  @Test
  void shouldNotListenToAFormerOwner() {
    take(5, true, true, delta(-1));
    StandbyBatch late = new StandbyBatch(
        "former",
        List.of(
            new StandbyBatch.Section(SHARD, 7, 9, true, true, List.of(), List.of(), List.of())));
    assertThat(store.take(late).getJsonArray("missing")).containsExactly(SHARD);
    assertThat(take(5, false, true)).isEmpty();
    assertThat(store.remove(SHARD).orElseThrow().series()).containsKey(HubRig.SPY);
  }

  /** The successor of an owner that has not noticed yet must have a copy there once it was answered. */
  @Test
  void shouldKeepWhatASuccessorTellsWhileItOwnsTheShardItself() {
    shards.gained(SHARD, 7);
    assertThat(take(1, true, true, delta(-1))).isEmpty();
    shards.lost(SHARD);
    store.keep(new StandbyBatch.Section(SHARD, 7, 0, true, true, List.of(), List.of(), List.of()));

    StandbyStore.Copy copy = store.remove(SHARD).orElseThrow();
    assertThat(copy.term()).isEqualTo(8);
    assertThat(copy.positions()).containsExactly(position);
    assertThat(copy.series()).containsKey(HubRig.SPY);
  }

  @Test
  void shouldNotLetAFormerOwnerBelieveThatItsSuccessorKeepsACopy() {
    shards.gained(SHARD, 9);

    assertThat(take(1, true, true, delta(-1))).containsExactly(SHARD);
    assertThat(store.remove(SHARD)).isEmpty();
  }

  @Test
  void shouldAskForEverythingWhenItMissesSomething() {
    assertThat(take(1, false, true)).containsExactly(SHARD);
    take(1, true, true, delta(-1));
    assertThat(take(2, false, true)).containsExactly(SHARD);
    assertThat(take(1, false, true, delta(series.seq() + 1))).containsExactly(SHARD);
  }

  @Test
  void shouldGoOnWithTheFormerCopyUntilTheNextIsComplete() {
    take(1, true, true, delta(-1));
    take(2, true, false);
    assertThat(store.remove(SHARD).orElseThrow().series()).hasSize(1);

    take(3, true, false, delta(-1));
    assertThat(store.remove(SHARD)).isEmpty();
  }

  @Test
  void shouldForgetASeriesThatIsGoneAndAShardNobodyTellsOf() {
    take(1, true, true, delta(-1));
    take(1, false, true, Buffer.buffer());
    scheduler.advance(Duration.ofSeconds(25));
    take(1, false, true);
    scheduler.advance(Duration.ofSeconds(29));
    assertThat(take(1, false, true)).isEmpty();
    scheduler.advance(Duration.ofSeconds(41));
    assertThat(store.remove(SHARD)).isEmpty();
  }

  @Test
  void shouldKeepQuotesUntilNobodyWantsThem() {
    double none = Double.NaN;
    long at = NOW - 9_000;
    Quote quote =
        new Quote(HubRig.SPY, 1, 2, 3, 4, 5, 6, none, 7, NOW, NOW, at, Origin.UNKNOWN, Map.of());
    quotes(true, QuoteJson.kept(quote));
    quotes(false, new JsonObject().put("symbol", "GONE").toBuffer());
    assertThat(store.remove(SHARD).orElseThrow().quotes().values()).containsExactly(quote);

    quotes(true, QuoteJson.body(quote));
    quotes(false, new JsonObject().put("symbol", "SPY").toBuffer());
    assertThat(store.remove(SHARD).orElseThrow().quotes()).isEmpty();
  }

  private void quotes(boolean first, Buffer... bodies) {
    store.take(new StandbyBatch(
        "owner",
        List.of(new StandbyBatch.Section(
            SHARD, 8, 1, first, true, List.of(), List.of(), List.of(bodies)))));
  }

  @Test
  void shouldRefuseAnotherVersion() {
    assertThatThrownBy(() -> StandbyBatch.of(Buffer.buffer(new byte[] {9, 0})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNameAllStreams() {
    Set<Timeframe> timeframes = Set.of(Timeframe.values());
    assertThat(new SeriesState(0, 0, 0, 0, StandIns.NONE, -1, List.of()).keys(HubRig.SPY))
        .extracting(key -> key.timeframe())
        .hasSameElementsAs(timeframes);
    assertThat(timeframes.size() * 2).isLessThanOrEqualTo(Integer.SIZE);
  }
}
