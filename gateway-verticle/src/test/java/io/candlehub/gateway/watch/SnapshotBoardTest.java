package io.candlehub.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.Registration;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SnapshotBoardTest {
  private static final Duration WINDOW = Duration.ofMillis(100);
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument QQQ = Instrument.of("QQQ");

  private final ManualClock clock = new ManualClock(1_000_000);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final SnapshotBoard<Integer> board = new SnapshotBoard<>(scheduler, WINDOW);
  private final List<Snapshot<Integer>> snapshots = new ArrayList<>();

  @Test
  void shouldTellEachChangeToTickReadersAtOnce() {
    List<String> ticks = new ArrayList<>();
    Registration registration =
        board.onTick((instrument, value) -> ticks.add(instrument + "=" + value));
    board.put(SPY, 1);
    board.put(SPY, 2);
    registration.cancel();
    board.put(SPY, 3);
    assertThat(ticks).containsExactly("SPY=1", "SPY=2");
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldMergeChangesOfOneWindow() {
    board.onSnapshot(snapshots::add);
    scheduler.advance(WINDOW);
    board.put(SPY, 1);
    scheduler.advance(Duration.ofMillis(60));
    board.put(QQQ, 5);
    board.put(SPY, 2);
    scheduler.advance(Duration.ofMillis(39));
    assertThat(snapshots).hasSize(1);
    scheduler.advance(Duration.ofMillis(1));
    assertThat(snapshots.get(1))
        .isEqualTo(new Snapshot<>(2, false, Map.of(SPY, 2, QQQ, 5), Set.of(), 1));
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(snapshots).hasSize(2);
  }

  @Test
  void shouldBeginWithAllThereIs() {
    board.put(SPY, 1);
    board.onSnapshot(snapshots::add);
    assertThat(snapshots).isEmpty();
    scheduler.advance(WINDOW);
    board.put(QQQ, 2);
    List<Snapshot<Integer>> others = new ArrayList<>();
    board.onSnapshot(others::add);
    scheduler.advance(WINDOW);
    assertThat(snapshots.get(0).full()).isTrue();
    assertThat(snapshots.get(0).values()).isEqualTo(Map.of(SPY, 1));
    assertThat(snapshots.get(1).values()).isEqualTo(Map.of(QQQ, 2));
    assertThat(others.get(0).values()).isEqualTo(Map.of(SPY, 1, QQQ, 2));
    assertThat(others.get(0).number()).isEqualTo(snapshots.get(1).number());
  }

  @Test
  void shouldTellWhatIsGone() {
    board.put(SPY, 1);
    board.onSnapshot(snapshots::add);
    scheduler.advance(WINDOW);
    board.remove(SPY);
    board.remove(QQQ);
    scheduler.advance(WINDOW);
    assertThat(snapshots.get(1).removed()).containsExactly(SPY);
    board.remove(SPY);
    scheduler.advance(WINDOW);
    assertThat(snapshots).hasSize(2);
    assertThat(board.size()).isZero();
  }

  @Test
  void shouldRunNoTimerWithoutSnapshotReaders() {
    Registration registration = board.onSnapshot(snapshots::add);
    scheduler.advance(WINDOW);
    registration.cancel();
    board.put(SPY, 1);
    assertThat(scheduler.pending()).isZero();
    board.onSnapshot(snapshots::add);
    scheduler.advance(WINDOW);
    assertThat(snapshots.get(1).values()).isEqualTo(Map.of(SPY, 1));
  }

  @Test
  void shouldNotServeReaderThatLeftDuringPass() {
    List<Registration> second = new ArrayList<>();
    board.onSnapshot(snapshot -> second.get(0).cancel());
    second.add(board.onSnapshot(snapshots::add));
    scheduler.advance(WINDOW);
    assertThat(snapshots).isEmpty();
  }
}
