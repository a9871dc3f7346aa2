package io.candlehub.ingest.provider.massive;

import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.Collection;

/**
 * Judges silence: should data be arriving, and for how long have they not?
 *
 * <p>Only the regular session is watched; before and after it, and on delayed feeds that much later, silence is normal.
 * Silence becomes suspicious after 15 s of market time and 3 s of wall time, whichever ends later, and then the
 * connection is probed. Whether it is mute depends on what is subscribed: the longest silence taken for normal is eight
 * times the usual distance between arrivals (with arrivals at random, one gap in three thousand is longer), never less
 * than the suspicious time, and a minute more where only minute bars are subscribed. The usual distance is learned from
 * the stream; after a change of demand it is taken for five seconds at least with one instrument and less with more. A gap
 * that turns out to have been normal is learned too, so thin symbols raise an alarm a few times at most.
 *
 * <p>Confined to one event loop.
 */
final class MuteWatchdog {
  /** What silence means. */
  enum Verdict {
    /** Nothing needs to arrive now. */
    UNWATCHED,
    /** Data arrive, or their absence is normal. */
    FINE,
    /** Longer silent than usual for a busy stream. */
    SUSPICIOUS,
    /** Data should have arrived. */
    MUTE
  }

  private static final double UNUSUAL = 8;
  private static final double LEARNING = 0.2;
  private static final double FIRST_GUESS_MILLIS = 5_000;
  private static final long COUNTED_GAP_MILLIS = 1_000;
  private static final long MINUTE_MILLIS = 60_000;

  private final TradingCalendar calendar;
  private final long suspiciousMarketMillis;
  private final long suspiciousWallNanos;
  private double usualGapMillis;
  private long lastCountedMillis;
  private long lastMarketMillis;
  private long lastNanos;

  MuteWatchdog(TradingCalendar calendar, Duration suspiciousMarket, Duration suspiciousWall) {
    this.calendar = calendar;
    this.suspiciousMarketMillis = suspiciousMarket.toMillis();
    this.suspiciousWallNanos = suspiciousWall.toNanos();
  }

  /** Starts to listen: silence counts from here. */
  void listen(long marketMillis, long nanos) {
    lastCountedMillis = marketMillis;
    lastMarketMillis = marketMillis;
    lastNanos = nanos;
  }

  /** Takes a change of what is subscribed; what was learned of a busier set does not hold for a smaller one. */
  void subscribed(Collection<Topic> topics) {
    long instruments = topics.stream().map(Topic::instrument).distinct().count();
    usualGapMillis = Math.max(usualGapMillis, FIRST_GUESS_MILLIS / Math.max(1, instruments));
  }

  /**
   * Takes the arrival of data.
   *
   * @param delayMillis the feed's delay
   */
  void arrived(long marketMillis, long delayMillis, long nanos) {
    long gapMillis = marketMillis - lastCountedMillis;
    if (gapMillis >= COUNTED_GAP_MILLIS) {
      if (isOpen(lastCountedMillis - delayMillis)) {
        usualGapMillis += LEARNING * (gapMillis - usualGapMillis);
      }
      lastCountedMillis = marketMillis;
    }
    lastMarketMillis = marketMillis;
    lastNanos = nanos;
  }

  /**
   * Judges the silence so far.
   *
   * @param feedMillis market time of what the feed sends now: market now minus the feed's delay
   * @param delayMillis the feed's delay
   * @param topics what is subscribed
   */
  Verdict judge(long feedMillis, long delayMillis, long nanos, Collection<Topic> topics) {
    TradingDay day = calendar.day(calendar.dateOf(feedMillis)).orElse(null);
    if (topics.isEmpty() || day == null || day.phaseAt(feedMillis) != SessionPhase.OPEN) {
      return Verdict.UNWATCHED;
    }
    long silentFrom = Math.max(lastMarketMillis - delayMillis, day.openMillis());
    long silentMillis = feedMillis - silentFrom;
    if (silentMillis < suspiciousMarketMillis || nanos - lastNanos < suspiciousWallNanos) {
      return Verdict.FINE;
    }
    return silentMillis >= longestNormalMillis(topics) ? Verdict.MUTE : Verdict.SUSPICIOUS;
  }

  private double longestNormalMillis(Collection<Topic> topics) {
    boolean minutesOnly = topics.stream().allMatch(topic -> topic.channel() == Channel.MINUTES);
    return Math.max((double) suspiciousMarketMillis, UNUSUAL * usualGapMillis)
        + (minutesOnly ? MINUTE_MILLIS : 0);
  }

  private boolean isOpen(long millis) {
    return calendar.phaseAt(millis) == SessionPhase.OPEN;
  }
}
