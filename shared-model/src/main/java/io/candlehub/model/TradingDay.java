package io.candlehub.model;

import java.time.LocalDate;
import java.util.Objects;

/**
 * One day on which an exchange trades, with the boundaries of its sessions in epoch millis UTC. Each session includes
 * its start and excludes its end.
 *
 * @param date the exchange's calendar date
 * @param preOpenMillis start of the pre-market session
 * @param openMillis start of the regular session
 * @param closeMillis end of the regular session, start of the post-market session
 * @param postCloseMillis end of the post-market session
 * @param earlyClose true if the regular session ends before its usual hour
 */
public record TradingDay(
    LocalDate date,
    long preOpenMillis,
    long openMillis,
    long closeMillis,
    long postCloseMillis,
    boolean earlyClose) {
  /** Checks that the boundaries ascend. */
  public TradingDay {
    Objects.requireNonNull(date, "date");
    if (!(preOpenMillis <= openMillis
        && openMillis < closeMillis
        && closeMillis <= postCloseMillis)) {
      throw new IllegalArgumentException("boundaries of " + date + " must ascend");
    }
  }

  /** Returns the phase of this day at an instant; {@link SessionPhase#CLOSED} outside all sessions. */
  public SessionPhase phaseAt(long epochMillis) {
    if (epochMillis < preOpenMillis || epochMillis >= postCloseMillis) {
      return SessionPhase.CLOSED;
    }
    if (epochMillis < openMillis) {
      return SessionPhase.PRE;
    }
    return epochMillis < closeMillis ? SessionPhase.OPEN : SessionPhase.POST;
  }
}
