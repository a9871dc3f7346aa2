package io.candlehub.ingest;

import java.util.Optional;

/** Who waits first when provider requests are scarce; the first constant is served first (architecture §4). */
public enum Priority {
  /** A chart somebody looks at. */
  CHART("chart"),
  /** A hole in a stream being filled. */
  GAP("gap"),
  /** A REST reader. */
  READER("reader");

  private final String wireName;

  Priority(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the priority of a name used on the bus, or empty. */
  public static Optional<Priority> parse(String name) {
    for (Priority priority : values()) {
      if (priority.wireName.equals(name)) {
        return Optional.of(priority);
      }
    }
    return Optional.empty();
  }
}
