package io.candlehub.ingest.hybrid;

import java.util.Arrays;

/** How long the last answers took. Confined to one event loop. */
final class ResponseTimes {
  private static final int KEPT = 128;

  private final long[] nanos = new long[KEPT];
  private int count;
  private int next;

  /** Takes the time of an answer. */
  void add(long answerNanos) {
    nanos[next] = answerNanos;
    next = (next + 1) % KEPT;
    count = Math.min(KEPT, count + 1);
  }

  /**
   * Returns the time within which a share of the last answers were there, in millis; NaN if there are none.
   *
   * @param share 0 to 1
   */
  double millisOf(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
