package io.candlehub.hub.option;

import java.util.List;

/**
 * Which contracts became live and which ceased to be.
 *
 * @param entered to be subscribed
 * @param left to be unsubscribed at once; their live values are no longer true
 */
public record LiveChange(List<String> entered, List<String> left) {
  /** Nothing changed. */
  public static final LiveChange NONE = new LiveChange(List.of(), List.of());

  /** Copies the lists. */
  public LiveChange {
    entered = List.copyOf(entered);
    left = List.copyOf(left);
  }

  /** Returns true if nothing changed. */
  public boolean isEmpty() {
    return entered.isEmpty() && left.isEmpty();
  }
}
