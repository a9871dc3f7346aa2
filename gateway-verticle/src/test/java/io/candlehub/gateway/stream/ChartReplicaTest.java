package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.gateway.Charts;
import io.candlehub.gateway.FakeSeries;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ChartReplicaTest {
  private final FakeSeries canon = new FakeSeries(Charts.SPY);

  private ChartReplica replica() {
    canon.put(Charts.bar(0, 10));
    canon.put(Charts.bar(1, 11));
    canon.put(Charts.bar(0, 12));
    return new ChartReplica(canon.snapshot(true), 1_000);
  }

  @Test
  void shouldReturnOnlyWhatChangedAfterAPosition() {
    ChartReplica replica = replica();
    ChartUpdate update = replica.after(5, 1_000);
    assertThat(update.bars()).containsExactly(Charts.bar(0, 12));
    assertThat(update.fromSeq()).isEqualTo(5);
    assertThat(update.seq()).isEqualTo(canon.seq());
  }

  @Test
  void shouldSeeAHoleAndAnotherEpoch() {
    ChartReplica replica = replica();
    canon.put(Charts.bar(2, 13));
    assertThat(replica.apply(canon.put(Charts.bar(3, 14)), 0)).isEqualTo(ChartReplica.Outcome.HOLE);
    canon.restart("e2");
    assertThat(replica.apply(canon.put(Charts.bar(3, 15)), 0)).isEqualTo(ChartReplica.Outcome.HOLE);
  }

  @Test
  void shouldIgnoreWhatIsOlderAndTakeWhatOverlaps() {
    ChartReplica replica = replica();
    ChartUpdate old = new ChartUpdate(
        Charts.SPY,
        List.of(Charts.bar(0, 9)),
        List.of(),
        Charts.health(),
        Charts.session(),
        "e1",
        1,
        3);
    assertThat(replica.apply(old, 0)).isEqualTo(ChartReplica.Outcome.KNOWN);
    ChartUpdate wide = new ChartUpdate(
        Charts.SPY,
        List.of(Charts.bar(2, 9)),
        List.of(),
        Charts.health(),
        Charts.session(),
        "e1",
        1,
        90);
    assertThat(replica.apply(wide, 0)).isEqualTo(ChartReplica.Outcome.APPLIED);
    assertThat(replica.head()).isEqualTo(new Position("e1", 90));
  }

  @Test
  void shouldNotContinueAheadOrElsewhere() {
    ChartReplica replica = replica();
    assertThat(replica.continues(new Position("e1", canon.seq()))).isTrue();
    assertThat(replica.continues(new Position("e1", canon.seq() + 1))).isFalse();
    assertThat(replica.continues(new Position("e0", 1))).isFalse();
    assertThat(replica.continues(Position.START)).isFalse();
  }

  @Test
  void shouldNotContinueAPositionBeforeEveryChangeHeld() {
    canon.put(Charts.bar(0, 10));
    long first = canon.seq();
    canon.put(Charts.bar(1, 11));
    ChartReplica replica = new ChartReplica(canon.snapshot(true), 0);
    assertThat(replica.continues(new Position("e1", first))).isTrue();
    assertThat(replica.continues(new Position("e1", first - 1))).isFalse();
  }

  @Test
  void shouldLetTheAgeGrowUntilTheNextMessage() {
    ChartReplica replica = replica();
    assertThat(replica.snapshot(1_000).health().lastUpdateMillisAgo()).isEqualTo(10);
    assertThat(replica.snapshot(6_000).health().lastUpdateMillisAgo()).isEqualTo(5_010);
  }

  @Test
  void shouldKeepABoundedNumberOfBarsAndSendASnapshotToWhoMissedADroppedOne() {
    ChartReplica replica = replica();
    for (int i = 2; i < 5_400; i++) {
      replica.apply(canon.put(Charts.bar(i, 10)), 0);
    }
    assertThat(replica.size()).isEqualTo(5_000);
    assertThat(replica.continues(new Position("e1", 6))).isFalse();
    assertThat(replica.continues(new Position("e1", canon.seq() - 100))).isTrue();
  }

  @Test
  void shouldReplaceWhatAChangedIntervalOverlaps() {
    IntervalLine line = new IntervalLine();
    line.reset(List.of(interval(0, 10, IntervalState.SUSPECTED)), 1);
    line.put(interval(4, 6, IntervalState.QUIET), 2);
    assertThat(line.all())
        .containsExactly(
            interval(0, 4, IntervalState.SUSPECTED),
            interval(4, 6, IntervalState.QUIET),
            interval(6, 10, IntervalState.SUSPECTED));
    assertThat(line.changedAfter(1)).containsExactly(interval(4, 6, IntervalState.QUIET));
    line.put(interval(3, 20, IntervalState.OUTAGE), 3);
    assertThat(line.all())
        .containsExactly(
            interval(0, 3, IntervalState.SUSPECTED), interval(3, 20, IntervalState.OUTAGE));
    line.cut(10, 12);
    assertThat(line.all())
        .containsExactly(
            interval(0, 3, IntervalState.SUSPECTED),
            interval(3, 10, IntervalState.OUTAGE),
            interval(12, 20, IntervalState.OUTAGE));
  }

  @Test
  void shouldLetABarTakeThePlaceOfAnIntervalUpToTheEndOfItsSession() {
    StreamKey key = new StreamKey(Charts.SPY.instrument(), Timeframe.H1, SessionMode.REGULAR);
    long close = 1_700_254_800_000L; // 2023-11-17, 16:00 in New York
    long lastBar = close - 1_800_000L;
    ChartReplica replica = new ChartReplica(
        new ChartSnapshot(
            key,
            "SPY",
            List.of(),
            List.of(
                interval(lastBar, close, IntervalState.SUSPECTED),
                interval(close, close + 3_600_000L, IntervalState.CLOSED)),
            Charts.health(),
            Charts.session(),
            "e1",
            1,
            0,
            List.of()),
        0);
    Bar bar = new Bar(
        lastBar, 1, 2, 1, 2, 3, Double.NaN, 1, BarState.LIVE, 0, BarSource.LIVE, Double.NaN);
    replica.apply(
        new ChartUpdate(
            key, List.of(bar), List.of(), Charts.health(), Charts.session(), "e1", 1, 2),
        0);
    assertThat(replica.snapshot(0).intervals())
        .containsExactly(interval(close, close + 3_600_000L, IntervalState.CLOSED));
  }

  private static Interval interval(long from, long to, IntervalState state) {
    return new Interval(from, to, state);
  }
}
