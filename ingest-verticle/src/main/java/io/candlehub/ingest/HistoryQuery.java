package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import java.util.Objects;

/**
 * A question for raw bars. Equal questions in flight share one answer; the question is a plain value, so that it means
 * the same on every node.
 *
 * @param instrument whose bars
 * @param unit length of the bars
 * @param fromMillis first bar start wanted, inclusive, epoch millis
 * @param toMillis last bar start wanted, inclusive, epoch millis, not after the year 9999
 */
public record HistoryQuery(
    Instrument instrument, HistoryUnit unit, long fromMillis, long toMillis) {
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  /** Checks presence and order. */
  public HistoryQuery {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(unit, "unit");
    if (fromMillis < 0 || toMillis < fromMillis || toMillis > LAST_MILLIS) {
      throw new IllegalArgumentException("from and to must ascend from 0 to " + LAST_MILLIS
          + ", not " + fromMillis + ".." + toMillis);
    }
  }

  /** Returns true if the answer to this question holds the answer to another one. */
  public boolean covers(HistoryQuery other) {
    return instrument.equals(other.instrument)
        && unit == other.unit
        && fromMillis <= other.fromMillis
        && toMillis >= other.toMillis;
  }

  /** Returns how many bars the range can hold at most. */
  public long mostBars() {
    return (toMillis - fromMillis) / unit.millis() + 1;
  }

  /** Returns when the last bar wanted ends, epoch millis. */
  public long endMillis() {
    return toMillis + unit.millis();
  }
}
