package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import java.util.List;
import java.util.Objects;

/**
 * What one input did to a series.
 *
 * @param outcome in one word
 * @param settled the base bars, raw, that became final or were revised by it, ascending
 */
public record Change(Outcome outcome, List<Bar> settled) {
  /** What became of an input. */
  public enum Outcome {
    /** A live bar was opened or changed, or what is known about minutes without bars. */
    UPDATED,
    /** At least one bar became final and none was revised. */
    CONFIRMED,
    /** At least one final bar changed. */
    REVISED,
    /** It said what was known already. */
    UNCHANGED,
    /** A second of a minute that is confirmed, or an answer asked for before the stream confirmed. */
    LATE,
    /** It lies on no day of the ring, or in the future. */
    OUTSIDE
  }

  static final Change UNCHANGED = new Change(Outcome.UNCHANGED, List.of());
  static final Change UPDATED = new Change(Outcome.UPDATED, List.of());
  static final Change LATE = new Change(Outcome.LATE, List.of());
  static final Change OUTSIDE = new Change(Outcome.OUTSIDE, List.of());

  /** Checks presence. */
  public Change {
    Objects.requireNonNull(outcome, "outcome");
    settled = List.copyOf(settled);
  }

  /** Returns the change of a pass over several bars. */
  static Change of(boolean changed, List<Bar> settled) {
    if (settled.isEmpty()) {
      return changed ? UPDATED : UNCHANGED;
    }
    boolean revised = settled.stream().anyMatch(bar -> bar.revision() > 0);
    return new Change(revised ? Outcome.REVISED : Outcome.CONFIRMED, settled);
  }

  /** Returns true if a reader of the series would see a difference. */
  public boolean isVisible() {
    return outcome == Outcome.UPDATED || outcome == Outcome.CONFIRMED || outcome == Outcome.REVISED;
  }
}
