package io.candlehub.ingest;

import java.util.Optional;

/**
 * Who waits first when provider requests are scarce; the first constant is served first (architecture §4). A lower
 * priority leaves a share of what an account allows untouched, so that the focused chart never finds it used up by those
 * who can wait.
 */
public enum Priority {
  /** A chart somebody looks at. */
  CHART("chart", 0),
  /** A hole in a stream being filled. */
  GAP("gap", 0.2),
  /** A REST reader. */
  READER("reader", 0.4),
  /** Bars loaded before somebody asks for them, and what may be a little older. */
  WARM("warm", 0.6);

  private final String wireName;
  private final double reservedShare;

  Priority(String wireName, double reservedShare) {
    this.wireName = wireName;
    this.reservedShare = reservedShare;
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

  /** Returns how many of so many places must stay free for higher priorities. */
  int reservedOf(int places) {
    return (int) (places * reservedShare);
  }
}
