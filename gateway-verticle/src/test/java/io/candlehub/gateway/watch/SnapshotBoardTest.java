package io.candlehub.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

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
  private final List<Snapshot<Integer>> snapshots = new ArrayList<>();
  private boolean writable = true;
  private final SnapshotBoard<Integer> board =
      new SnapshotBoard<>(scheduler, WINDOW, () -> writable, snapshots::add);

  @Test
  void shouldMergeChangesOfOneWindow() {
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
    assertThat(snapshots).isEmpty();
    scheduler.advance(WINDOW);
    board.put(QQQ, 2);
    scheduler.advance(WINDOW);
    assertThat(snapshots.get(0)).isEqualTo(new Snapshot<>(1, true, Map.of(SPY, 1), Set.of(), 0));
    assertThat(snapshots.get(1).values()).isEqualTo(Map.of(QQQ, 2));
    assertThat(snapshots.get(1).full()).isFalse();
  }

  @Test
  void shouldTellWhatIsGone() {
    board.put(SPY, 1);
    scheduler.advance(WINDOW);
    board.remove(SPY);
    board.remove(QQQ);
    scheduler.advance(WINDOW);
    assertThat(snapshots.get(1).removed()).containsExactly(SPY);
    board.remove(SPY);
    scheduler.advance(WINDOW);
    assertThat(snapshots).hasSize(2);
  }

  @Test
  void shouldSendOneSnapshotToAReaderThatCouldNotBeWritten() {
    scheduler.advance(WINDOW);
    writable = false;
    board.put(SPY, 1);
    scheduler.advance(WINDOW);
    board.put(SPY, 2);
    board.put(QQQ, 3);
    scheduler.advance(WINDOW.multipliedBy(10));
    assertThat(snapshots).hasSize(1);
    writable = true;
    board.flush();
    assertThat(snapshots.get(1).values()).isEqualTo(Map.of(SPY, 2, QQQ, 3));
    assertThat(snapshots.get(1).conflated()).isEqualTo(1);
    board.flush();
    assertThat(snapshots).hasSize(2);
  }

  @Test
  void shouldSendNothingOnceClosed() {
    board.put(SPY, 1);
    board.close();
    board.put(QQQ, 1);
    board.flush();
    scheduler.advance(WINDOW);
    assertThat(snapshots).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }
}
