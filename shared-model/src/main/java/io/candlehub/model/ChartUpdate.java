package io.candlehub.model;

import java.util.List;
import java.util.Objects;

/**
 * All that changed in a chart after {@code fromSeq} up to {@code seq}, in its newest form. It continues any position
 * from {@code fromSeq} on.
 *
 * @param key the stream
 * @param bars the changed bars, ascending by start
 * @param intervals changed stretches; they replace whatever they overlap
 * @param health how far to trust it
 * @param session what the clock says
 * @param epoch the stream's continuity
 * @param fromSeq the position it continues
 * @param seq the position after it
 */
public record ChartUpdate(
    StreamKey key,
    List<Bar> bars,
    List<Interval> intervals,
    Health health,
    SessionInfo session,
    String epoch,
    long fromSeq,
    long seq)
    implements ChartMessage {
  /** Copies the lists and checks the positions. */
  public ChartUpdate {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(epoch, "epoch");
    bars = List.copyOf(bars);
    intervals = List.copyOf(intervals);
    if (fromSeq > seq) {
      throw new IllegalArgumentException("fromSeq=" + fromSeq + " must not be above seq=" + seq);
    }
  }
}
