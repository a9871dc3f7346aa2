package io.candlehub.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * One day on which an exchange trades, with the boundaries of its sessions in epoch millis UTC. Each session includes
 * its start and excludes its end. A future's day begins on the evening before its date.
 *
 * @param date the trade date
 * @param preOpenMillis start of the pre-market session, or of the regular one if there is none
 * @param openMillis start of the regular session
 * @param closeMillis end of the regular session, start of the post-market session
 * @param postCloseMillis end of the post-market session
 * @param earlyClose true if the regular session ends before its usual hour
 * @param breaks stretches inside the sessions without trading, ascending
 */
public record TradingDay(
    LocalDate date,
    long preOpenMillis,
    long openMillis,
    long closeMillis,
    long postCloseMillis,
    boolean earlyClose,
    List<Break> breaks) {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /**
   * A stretch without trading.
   *
   * @param fromMillis start, included
   * @param toMillis end, excluded
   */
  public record Break(long fromMillis, long toMillis) {
    boolean holds(long millis) {
      return millis >= fromMillis && millis < toMillis;
    }
  }

  /** Checks that the boundaries ascend. */
  public TradingDay {
    Objects.requireNonNull(date, "date");
    breaks = List.copyOf(breaks);
    if (!(preOpenMillis <= openMillis
        && openMillis < closeMillis
        && closeMillis <= postCloseMillis)) {
      throw new IllegalArgumentException("boundaries of " + date + " must ascend");
    }
  }

  /** Returns the phase of this day at an instant; {@link SessionPhase#CLOSED} outside all sessions. */
  public SessionPhase phaseAt(long epochMillis) {
    if (epochMillis < preOpenMillis || epochMillis >= postCloseMillis || isBreak(epochMillis)) {
      return SessionPhase.CLOSED;
    }
    if (epochMillis < openMillis) {
      return SessionPhase.PRE;
    }
    return epochMillis < closeMillis ? SessionPhase.OPEN : SessionPhase.POST;
  }

  /** Returns true if an instant lies in a stretch without trading inside the sessions. */
  public boolean isBreak(long epochMillis) {
    for (Break one : breaks) {
      if (one.holds(epochMillis)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the instant from which this day's intraday bars are counted so that they lie on the multiples of the New
   * York clock: the midnight before the first session, as the clock would have had it without a change in that night.
   */
  public long anchorMillis() {
    LocalTime clock = Instant.ofEpochMilli(preOpenMillis).atZone(NEW_YORK).toLocalTime();
    return preOpenMillis - clock.toSecondOfDay() * 1_000L;
  }
}
