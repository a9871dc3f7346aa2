package io.candlehub.model;

import java.util.List;
import java.util.Objects;

/**
 * All that a chart shows at one position of its stream.
 *
 * @param key the stream
 * @param barsOf the symbol whose bars these are; differs from the stream's for intraday option charts
 * @param bars ascending by start
 * @param intervals stretches without bars, ascending
 * @param health how far to trust it
 * @param session what the clock says
 * @param epoch the stream's continuity
 * @param seq the position
 * @param lastUpdatedAtMillis market time of the newest input
 * @param changeSeqs per bar the position of its last change, or empty if not asked for
 */
public record ChartSnapshot(
    StreamKey key,
    String barsOf,
    List<Bar> bars,
    List<Interval> intervals,
    Health health,
    SessionInfo session,
    String epoch,
    long seq,
    long lastUpdatedAtMillis,
    List<Long> changeSeqs)
    implements ChartMessage {
  /** Copies the lists and checks that the change positions match the bars. */
  public ChartSnapshot {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(epoch, "epoch");
    bars = List.copyOf(bars);
    intervals = List.copyOf(intervals);
    changeSeqs = List.copyOf(changeSeqs);
    if (!changeSeqs.isEmpty() && changeSeqs.size() != bars.size()) {
      throw new IllegalArgumentException(
          changeSeqs.size() + " change positions for " + bars.size() + " bars");
    }
  }
}
