package io.candlehub.simulator.market;

/**
 * A time without trading in one symbol, half-open.
 *
 * @param fromMillis start, inclusive, epoch millis
 * @param toMillis end, exclusive
 */
public record Halt(long fromMillis, long toMillis) {
  /** Returns true if this overlaps a half-open range. */
  public boolean overlaps(long from, long to) {
    return fromMillis < to && from < toMillis;
  }
}
