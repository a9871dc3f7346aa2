package io.candlehub.hub.indicator;

/**
 * The part of an indicator that a change of bars may have changed.
 *
 * @param fromMillis start of its first bar
 * @param toMillis start of its last bar, included; before the first if nothing changed
 */
public record ChangedPart(long fromMillis, long toMillis) {
  static final ChangedPart NOTHING = new ChangedPart(0, -1);

  /** Returns true if nothing changed. */
  public boolean isEmpty() {
    return toMillis < fromMillis;
  }
}
