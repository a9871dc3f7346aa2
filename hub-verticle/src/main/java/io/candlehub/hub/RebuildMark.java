package io.candlehub.hub;

/**
 * Remembers with which number the minute before the last one began on a lane, from where on a successor can build the
 * minutes in progress again. Confined to the hub's event loop.
 */
final class RebuildMark {
  private static final long MINUTE = 60_000;

  /** A minute counts as begun a little early, in case the provider's clock is ahead. */
  private static final long EARLY_MILLIS = 1_000;

  private long minute = Long.MIN_VALUE;
  private long seq;
  private long formerMinute = Long.MIN_VALUE;
  private long formerSeq;

  /** Takes note of events that arrive now. */
  void events(long nowMillis, long firstSeq) {
    long now = minuteOf(nowMillis);
    if (minute == Long.MIN_VALUE) {
      adopt(nowMillis, now + MINUTE, firstSeq);
    } else if (now > minute) {
      formerMinute = minute;
      formerSeq = seq;
      minute = now;
      seq = firstSeq;
    }
  }

  /** Takes the mark of a former owner. Where the minute in progress began is not known, only that it was later. */
  void adopt(long nowMillis, long minuteMillis, long firstSeq) {
    minute = Math.max(minuteMillis, minuteOf(nowMillis));
    seq = firstSeq;
    formerMinute = minuteMillis;
    formerSeq = firstSeq;
  }

  /** Takes note that numbers begin anew: of the minute in progress nothing can be told again under them. */
  void restart() {
    minute = Long.MIN_VALUE;
    seq = 0;
    formerMinute = Long.MIN_VALUE;
    formerSeq = 0;
  }

  private static long minuteOf(long nowMillis) {
    return Math.floorDiv(nowMillis + EARLY_MILLIS, MINUTE) * MINUTE;
  }

  /** Returns the number of the first event of the minute before the last, {@code nextSeq} if there was no event. */
  long seq(long nextSeq) {
    return minute == Long.MIN_VALUE ? nextSeq : formerSeq;
  }

  /** Returns when that minute began; of all earlier ones, events may be missing. */
  long millis(long nowMillis) {
    return minute == Long.MIN_VALUE ? minuteOf(nowMillis) + MINUTE : formerMinute;
  }
}
