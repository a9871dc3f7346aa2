package io.candlehub.hub;

import java.util.function.LongSupplier;

/**
 * When to ask the first provider again for what another one told in its place: after a minute, then after two, four, eight
 * and ever after fifteen, so that a provider that is away or lacks something does not cost a question a minute for each
 * series; and at the next minute once the first one is known to be back. Confined to the hub's event loop.
 */
final class Patience {
  private static final int LONGEST_MINUTES = 15;

  private final LongSupplier returns;
  private long seen;
  private int pause = 1;
  private int left = 1;

  /**
   * Creates a patience that begins now.
   *
   * @param returns how often the first provider has come back
   */
  Patience(LongSupplier returns) {
    this.returns = returns;
    seen = returns.getAsLong();
  }

  /** Lets a minute pass; returns true if it is time to ask. */
  boolean isOver() {
    long now = returns.getAsLong();
    if (now != seen) {
      seen = now;
      begin();
    }
    left--;
    if (left > 0) {
      return false;
    }
    pause = Math.min(LONGEST_MINUTES, 2 * pause);
    left = pause;
    return true;
  }

  /** Begins anew. */
  void begin() {
    pause = 1;
    left = 1;
  }

  /** Begins anew in the middle of a minute, whose end is not the end of the pause. */
  void adopt() {
    begin();
    left++;
  }
}
