package io.candlehub.model.feed;

/** Times of the tape, which some feeds tell to the nanosecond and others to the millisecond. */
final class TapeTime {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private TapeTime() {}

  static void check(int nanoOfMilli) {
    if (nanoOfMilli < 0 || nanoOfMilli >= NANOS_PER_MILLI) {
      throw new IllegalArgumentException("nanoOfMilli=" + nanoOfMilli + " must be 0 to 999999");
    }
  }

  static long nanos(long millis, int nanoOfMilli) {
    return millis * NANOS_PER_MILLI + nanoOfMilli;
  }
}
