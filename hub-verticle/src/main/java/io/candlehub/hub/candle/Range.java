package io.candlehub.hub.candle;

/**
 * A range of bar starts.
 *
 * @param fromMillis first start, included
 * @param toMillis last start, included
 */
public record Range(long fromMillis, long toMillis) {
  /** Checks the order. */
  public Range {
    if (fromMillis > toMillis) {
      throw new IllegalArgumentException(
          "range from " + fromMillis + " to " + toMillis + " must ascend");
    }
  }
}
