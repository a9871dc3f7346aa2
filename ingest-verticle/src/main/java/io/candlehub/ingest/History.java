package io.candlehub.ingest;

import io.candlehub.model.BarBlock;
import java.util.Objects;

/**
 * The answer to a {@link HistoryQuery}.
 *
 * @param bars raw bars, ascending
 * @param askedAtMillis market time at which the first request of the answer was sent: no bar is older news than that
 */
public record History(BarBlock bars, long askedAtMillis) {
  /** Checks presence. */
  public History {
    Objects.requireNonNull(bars, "bars");
  }

  /** Returns the part of this answer that answers a question it covers. */
  History of(HistoryQuery query) {
    return new History(bars.between(query.fromMillis(), query.toMillis()), askedAtMillis);
  }
}
