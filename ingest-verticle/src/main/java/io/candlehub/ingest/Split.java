package io.candlehub.ingest;

import io.candlehub.bus.OriginJson;
import io.candlehub.model.Origin;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A share split: {@code from} old shares became {@code to} new ones before the market opened.
 *
 * @param date first day traded in new shares
 * @param from old shares, positive
 * @param to new shares, positive
 * @param origin who told it
 */
public record Split(LocalDate date, double from, double to, Origin origin) {
  /** Checks the ratio. */
  public Split {
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(origin, "origin");
    if (!(from > 0 && to > 0 && Double.isFinite(from) && Double.isFinite(to))) {
      throw new IllegalArgumentException(
          "split of " + date + " is " + to + " for " + from + ", both must be positive");
    }
  }

  /** Creates a split as one provider tells it, who need not name itself. */
  public Split(LocalDate date, double from, double to) {
    this(date, from, to, Origin.UNKNOWN);
  }

  /** Returns the same, told by a provider. */
  public Split of(Origin teller) {
    return new Split(date, from, to, teller);
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject().put("date", date.toString()).put("from", plain(from)).put("to", plain(to));
    return OriginJson.put(json, origin);
  }

  private static Number plain(double value) {
    if (value == Math.rint(value) && value < 1e15) {
      return (long) value;
    }
    return value;
  }
}
