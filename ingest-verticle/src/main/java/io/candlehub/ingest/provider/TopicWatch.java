package io.candlehub.ingest.provider;

import io.candlehub.model.feed.Channel;

/**
 * What is known of the arrivals of one topic. Times are feed times: market now less the feed's delay. Minute bars all
 * come together shortly after the minute; their silence is counted in minutes that brought none. Confined to one event
 * loop.
 */
final class TopicWatch {
  private static final long MINUTE_MILLIS = 60_000;
  private static final long MINUTE_LATE_MILLIS = 10_000;
  private static final long COUNTED_GAP_MILLIS = 1_000;

  private final boolean byMinute;
  private final Source source;
  private final ArrivalRate rate;
  private boolean ready;
  private boolean halted;
  private boolean renewed;
  private long silentFromMillis;
  private long silentFromNanos;

  /**
   * What makes the events of a topic.
   *
   * @param symbol of the instrument, or of the underlying
   * @param trades true if trades make them
   */
  record Source(String symbol, boolean trades) {}

  TopicWatch(Channel channel, Source source) {
    byMinute = channel == Channel.MINUTES;
    this.source = source;
    rate = new ArrivalRate(byMinute ? MINUTE_MILLIS : COUNTED_GAP_MILLIS);
  }

  /** Returns what makes its events. */
  Source source() {
    return source;
  }

  /** Begins to listen: silence counts from here. */
  void ready(long feedMillis, long nanos) {
    ready = true;
    silentFromMillis = feedMillis;
    silentFromNanos = nanos;
  }

  /** Stops listening. */
  void lost() {
    ready = false;
  }

  /** Takes a pause of trading or its end. */
  void halted(boolean now, long feedMillis, long nanos) {
    halted = now;
    silentFromMillis = feedMillis;
    silentFromNanos = nanos;
  }

  /** Notes that the topic was subscribed anew because of its silence. */
  void renewed() {
    renewed = true;
  }

  /** Returns true from such a subscription until something arrives. */
  boolean isRenewed() {
    return renewed;
  }

  /** Returns true if data may arrive. */
  boolean isListening() {
    return ready && !halted;
  }

  /**
   * Takes an arrival.
   *
   * @param openMillis start of the regular session that is on, or -1
   */
  void arrived(long feedMillis, long openMillis, long nanos) {
    silentFromNanos = nanos;
    renewed = false;
    if (feedMillis - silentFromMillis >= COUNTED_GAP_MILLIS) {
      learn(feedMillis, openMillis);
      silentFromMillis = feedMillis;
    }
  }

  /** Returns true if an arrival now would count as another one than the last. */
  boolean isNews(long feedMillis) {
    return feedMillis - silentFromMillis >= COUNTED_GAP_MILLIS;
  }

  /**
   * Takes the end of a silence that was judged to be the feed's fault: only the part that was tolerated is usual.
   *
   * @param judgedMillis when it was judged
   */
  void resumed(long judgedMillis, long openMillis, long feedMillis, long nanos) {
    learn(judgedMillis, openMillis);
    silentFromMillis = feedMillis;
    silentFromNanos = nanos;
  }

  /** Returns when the silence began. */
  long silentFromMillis() {
    return silentFromMillis;
  }

  /** Returns for how long it lasts in wall time. */
  long silentNanos(long nanos) {
    return nanos - silentFromNanos;
  }

  /** Returns how improbable the silence since a moment is: the negative logarithm of its probability, about. */
  double surprise(long fromMillis, long feedMillis) {
    long from = Math.max(fromMillis, silentFromMillis);
    long silence = byMinute
        ? minutesBetween(from, feedMillis - MINUTE_LATE_MILLIS) * MINUTE_MILLIS
        : feedMillis - from;
    return Math.max(0, silence) / rate.scaleMillis();
  }

  private void learn(long untilMillis, long openMillis) {
    if (openMillis >= 0 && ready) {
      long from = Math.max(silentFromMillis, openMillis);
      long gap = byMinute ? minutesBetween(from, untilMillis) * MINUTE_MILLIS : untilMillis - from;
      if (gap > 0) {
        rate.learn((double) gap);
      }
    }
  }

  private static long minutesBetween(long fromMillis, long toMillis) {
    return Math.floorDiv(toMillis, MINUTE_MILLIS) - Math.floorDiv(fromMillis, MINUTE_MILLIS);
  }
}
