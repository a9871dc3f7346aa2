package io.candlehub.model.quality;

import io.candlehub.model.MissingReason;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects why values of a quote, an option leg or a card are missing, by their fields' names in JSON. What such a thing
 * never has, as an index has no bid, is not missing. Confined to one thread.
 */
public final class MissingReasons {
  private final Map<String, MissingReason> reasons = new TreeMap<>();
  private MissingReason side = MissingReason.NOT_PROVIDED;

  /** Creates an empty collection. */
  public MissingReasons() {}

  /** Says why something that is no number is missing. */
  public MissingReasons because(String field, MissingReason why) {
    reasons.put(field, why);
    return this;
  }

  /** Says why a value is missing, if it is. */
  public MissingReasons of(String field, double value, MissingReason why) {
    if (Double.isNaN(value)) {
      reasons.put(field, why);
    }
    return this;
  }

  /**
   * Says why bid, offer and their sizes are missing.
   *
   * @param told false if nobody told whether there are any
   */
  public MissingReasons sides(
      double bid, double bidSize, double ask, double askSize, boolean told) {
    boolean none = Double.isNaN(bid) && Double.isNaN(ask);
    MissingReason nobody = told ? MissingReason.NO_QUOTE : MissingReason.NOT_PROVIDED;
    side = none ? nobody : MissingReason.ONE_SIDED;
    return of("bid", bid, side)
        .of("bidSize", bidSize, Double.isNaN(bid) ? side : MissingReason.NOT_PROVIDED)
        .of("ask", ask, side)
        .of("askSize", askSize, Double.isNaN(ask) ? side : MissingReason.NOT_PROVIDED);
  }

  /** Says why something that takes both bid and offer is missing, after {@link #sides}. */
  public MissingReasons between(String field, double value) {
    return of(field, value, side);
  }

  /** Says why something that is made of other values is missing: because the first of them is that is. */
  public MissingReasons made(String field, double value, String... others) {
    for (String other : others) {
      if (reasons.containsKey(other)) {
        return of(field, value, reasons.get(other));
      }
    }
    return of(field, value, MissingReason.NOT_PROVIDED);
  }

  /** Says of fields that the provider never has them, as far as they are missing. */
  public MissingReasons unsupported(Collection<String> fields) {
    for (String field : fields) {
      reasons.computeIfPresent(field, (name, other) -> MissingReason.UNSUPPORTED);
    }
    return this;
  }

  /** Returns what was said, by the field's name. */
  public Map<String, MissingReason> all() {
    return reasons;
  }
}
