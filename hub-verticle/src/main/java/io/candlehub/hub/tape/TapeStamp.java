package io.candlehub.hub.tape;

/**
 * Where something stands on a tape: by the provider's time, then by its number.
 *
 * @param nanos the provider's time, epoch nanos; feeds that tell millis have whole millis
 * @param sequence the provider's number, rising with gaps; 0 if there is none
 */
public record TapeStamp(long nanos, long sequence) implements Comparable<TapeStamp> {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Returns the stamp of a feed that tells millis. */
  public static TapeStamp ofMillis(long epochMillis, long sequence) {
    return new TapeStamp(epochMillis * NANOS_PER_MILLI, sequence);
  }

  /** Returns the time in epoch millis, cut off. */
  public long millis() {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  @Override
  public int compareTo(TapeStamp other) {
    int byTime = Long.compare(nanos, other.nanos);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }
}
