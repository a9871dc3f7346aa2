package io.candlehub.hub.candle;

import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison of settled minutes with the provider's history found.
 *
 * @param equal how many are the same in open, high, low, close and volume
 * @param differing starts of those that are not, or that only one side has
 */
public record Parity(int equal, List<Long> differing) {
  /** Copies the list. */
  public Parity {
    differing = List.copyOf(differing);
  }

  /** Collects a comparison's result. */
  static final class Builder {
    private final List<Long> differing = new ArrayList<>();
    private int equal;

    void add(long minuteMillis, boolean same) {
      if (same) {
        equal++;
      } else {
        differing.add(minuteMillis);
      }
    }

    Parity build() {
      return new Parity(equal, differing);
    }
  }
}
