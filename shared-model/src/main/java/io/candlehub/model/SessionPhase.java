package io.candlehub.model;

/** Part of an exchange's day. */
public enum SessionPhase {
  /** Before the regular session, 04:00 to 09:30 New York. */
  PRE("pre"),
  /** The regular session. */
  OPEN("open"),
  /** After the regular session. */
  POST("post"),
  /** No session. */
  CLOSED("closed");

  private final String wireName;

  SessionPhase(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the word used in payloads (contract §3, {@code health.state}). */
  public String wireName() {
    return wireName;
  }
}
