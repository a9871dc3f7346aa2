package io.candlehub.simulator.synthetic;

/**
 * A bar in whole cents that is divided further or published.
 *
 * @param open first price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume shares
 */
record Slice(long open, long high, long low, long close, long volume) {
  /** Smallest volume in which any path of open, high, low and close can be traded. */
  static final long MIN_VOLUME = 4;
}
