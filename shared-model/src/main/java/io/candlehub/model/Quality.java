package io.candlehub.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How much a datum can be trusted (contract §3).
 *
 * @param source the provider's id, or {@code hybrid} if several took part
 * @param stale true if it is older than it may be while the market is open
 * @param warnings what is odd about it, one code each
 * @param confidence 0 to 100; below 40 it is a reason to ask another provider
 * @param updatedAtMillis market time of its newest part, epoch millis; 0 if not known
 * @param fallbackReason why another provider than the first one answered; empty if it did not
 */
public record Quality(
    String source,
    boolean stale,
    List<String> warnings,
    int confidence,
    long updatedAtMillis,
    String fallbackReason) {
  /** The warning that no provider answered, so that this is what was known last. */
  public static final String LAST_KNOWN = "last-known";

  /** What a warning costs. */
  private static final int LESS = 5;

  /** Checks the range. */
  public Quality {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
    warnings = List.copyOf(warnings);
    if (confidence < 0 || confidence > 100) {
      throw new IllegalArgumentException("confidence " + confidence + " must be 0 to 100");
    }
  }

  /** Returns the quality of the same datum after nobody could be asked for a newer one: stale, with a warning more. */
  public Quality lastKnown() {
    List<String> all = new ArrayList<>(warnings);
    all.add(LAST_KNOWN);
    return new Quality(
        source, true, all, Math.max(0, confidence - LESS), updatedAtMillis, fallbackReason);
  }

  /** Returns the confidence in a word. */
  public QualityGrade grade() {
    return QualityGrade.of(confidence);
  }
}
