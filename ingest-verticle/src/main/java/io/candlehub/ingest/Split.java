package io.candlehub.ingest;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A share split: {@code from} old shares became {@code to} new ones before the market opened.
 *
 * @param date first day traded in new shares
 * @param from old shares, positive
 * @param to new shares, positive
 */
public record Split(LocalDate date, double from, double to) {
  /** Checks the ratio. */
  public Split {
    Objects.requireNonNull(date, "date");
    if (!(from > 0 && to > 0 && Double.isFinite(from) && Double.isFinite(to))) {
      throw new IllegalArgumentException(
          "split of " + date + " is " + to + " for " + from + ", both must be positive");
    }
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("date", date.toString())
        .put("from", plain(from))
        .put("to", plain(to));
  }

  private static Number plain(double value) {
    if (value == Math.rint(value) && value < 1e15) {
      return (long) value;
    }
    return value;
  }
}
