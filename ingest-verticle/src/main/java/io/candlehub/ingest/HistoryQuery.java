package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import java.util.Objects;

/**
 * A question for raw bars. Equal questions in flight share one answer.
 *
 * @param instrument whose bars
 * @param unit length of the bars
 * @param fromMillis first bar start wanted, inclusive, epoch millis
 * @param toMillis last bar start wanted, inclusive, epoch millis
 */
public record HistoryQuery(
    Instrument instrument, HistoryUnit unit, long fromMillis, long toMillis) {
  /** Checks presence and order. */
  public HistoryQuery {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(unit, "unit");
    if (fromMillis < 0 || toMillis < fromMillis) {
      throw new IllegalArgumentException(
          "range " + fromMillis + ".." + toMillis + " must ascend from 0");
    }
  }
}
