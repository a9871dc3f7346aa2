package io.candlehub.ingest;

import io.candlehub.model.BarBlock;
import java.util.Objects;

/**
 * The answer to a {@link HistoryQuery}.
 *
 * @param bars raw bars, ascending
 * @param askedAtMillis market time at which the last request of the answer was sent
 */
public record History(BarBlock bars, long askedAtMillis) {
  /** Checks presence. */
  public History {
    Objects.requireNonNull(bars, "bars");
  }
}
