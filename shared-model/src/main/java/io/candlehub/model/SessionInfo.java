package io.candlehub.model;

import java.util.Objects;

/**
 * What the clock says about a chart (contract §3, session).
 *
 * @param marketClosed true outside all sessions
 * @param afterHours true in the pre- and post-market sessions
 * @param usingLastSession true if the newest bars are of an earlier session than today's
 * @param resultGranularity the timeframe of the bars shown
 * @param note a sentence for the reader, empty if there is nothing to say
 */
public record SessionInfo(
    boolean marketClosed,
    boolean afterHours,
    boolean usingLastSession,
    String resultGranularity,
    String note) {
  /** Checks presence. */
  public SessionInfo {
    Objects.requireNonNull(resultGranularity, "resultGranularity");
    Objects.requireNonNull(note, "note");
  }
}
