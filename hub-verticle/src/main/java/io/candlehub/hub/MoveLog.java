package io.candlehub.hub;

import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log which shards came and went without a hand-over: those of a moment, such as all of a node that died, in
 * one line. Confined to the hub's event loop.
 */
final class MoveLog {
  private static final Logger LOG = LoggerFactory.getLogger(MoveLog.class);
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final Set<Integer> lost = new TreeSet<>();
  private final Set<Integer> takenOver = new TreeSet<>();
  private final Set<Integer> notReplayed = new TreeSet<>();
  private int series;
  private boolean waiting;

  MoveLog(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void lost(int shard) {
    lost.add(shard);
    tellLater();
  }

  /**
   * Takes note of a shard that goes on.
   *
   * @param seriesCount how many series it has
   * @param replayed whether all was told again that its copy did not have
   */
  void takenOver(int shard, int seriesCount, boolean replayed) {
    takenOver.add(shard);
    series += seriesCount;
    if (!replayed) {
      notReplayed.add(shard);
    }
    tellLater();
  }

  private void tellLater() {
    if (!waiting) {
      waiting = true;
      scheduler.after(TOGETHER, this::tell);
    }
  }

  private void tell() {
    waiting = false;
    if (!lost.isEmpty()) {
      LOG.warn("shards lost [count: {}, shards: {}]", lost.size(), lost);
    }
    if (!takenOver.isEmpty()) {
      LOG.info(
          "shards taken over [count: {}, series: {}, shards: {}, without replay: {}]",
          takenOver.size(),
          series,
          takenOver,
          notReplayed);
    }
    lost.clear();
    takenOver.clear();
    notReplayed.clear();
    series = 0;
  }
}
