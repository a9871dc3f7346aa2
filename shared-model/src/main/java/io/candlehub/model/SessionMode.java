package io.candlehub.model;

import java.util.Optional;

/** Which sessions a chart shows and where its intraday bars are anchored (contract §6). */
public enum SessionMode {
  /** All sessions; bars anchored to the New York clock. */
  EXTENDED("extended"),
  /** The regular session alone; bars anchored to its open. */
  REGULAR("regular");

  private final String wireName;

  SessionMode(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the mode of a name, or empty. */
  public static Optional<SessionMode> parse(String name) {
    for (SessionMode mode : values()) {
      if (mode.wireName.equals(name)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** Returns the name used in payloads. */
  public String wireName() {
    return wireName;
  }
}
