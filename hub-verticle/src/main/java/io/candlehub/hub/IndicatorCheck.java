package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.indicator.IndicatorPoint;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a provider's own figures say of ours: they are compared at the same bars, where ours are settled and final. How a
 * provider's averages begin is not documented, so what their beginning may still weigh is no difference.
 *
 * @param result whether both agree
 * @param reason why nothing was compared, one word; empty if something was
 * @param origin who told the other figures
 * @param compared at how many bars
 * @param difference the largest one, as a part of the provider's largest value; NaN if nothing was compared
 * @param newestMillis start of the newest bar compared
 */
record IndicatorCheck(
    Result result,
    String reason,
    Origin origin,
    int compared,
    double difference,
    long newestMillis) {
  /** Most bars that are compared, the newest. */
  static final int BARS = 10;

  /** What the beginning of an average weighs in a settled value at most. */
  static final double TOLERANCE = 0.001;

  /** Whether both agree. */
  enum Result {
    EQUAL("equal"),
    DIFFERENT("different"),
    NOT_COMPARED("not-compared");

    private final String wireName;

    Result(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the word in JSON. */
    String wireName() {
      return wireName;
    }
  }

  private static IndicatorCheck none(String reason, Origin origin) {
    return new IndicatorCheck(Result.NOT_COMPARED, reason, origin, 0, Double.NaN, 0);
  }

  /** Nobody computes such an indicator over such bars. */
  static IndicatorCheck unsupported() {
    return none("unsupported", Origin.UNKNOWN);
  }

  /** None of our figures is settled and final. */
  static IndicatorCheck notSettled() {
    return none("not-settled", Origin.UNKNOWN);
  }

  /** The provider did not answer. */
  static IndicatorCheck failed(FailureException failure) {
    return failure.code() == Failure.UNSUPPORTED
        ? unsupported()
        : none(failure.code() == Failure.NOT_ENTITLED ? "not-entitled" : "error", Origin.UNKNOWN);
  }

  /** Compares. */
  static IndicatorCheck of(List<IndicatorPoint> own, IndicatorValues told) {
    Map<Long, List<Double>> theirs = new HashMap<>();
    told.points().forEach(point -> theirs.put(point.startMillis(), point.values()));
    List<IndicatorPoint> common = own.stream()
        .filter(point -> theirs.getOrDefault(point.startMillis(), List.of()).size()
            == point.values().size())
        .toList();
    if (common.isEmpty()) {
      return none("empty", told.origin());
    }
    double worst = 0;
    for (int column = 0; column < common.get(0).values().size(); column++) {
      double largest = 0;
      double apart = 0;
      for (IndicatorPoint point : common) {
        double theirsHere = theirs.get(point.startMillis()).get(column);
        largest = Math.max(largest, Math.abs(theirsHere));
        apart = Math.max(apart, Math.abs(point.values().get(column) - theirsHere));
      }
      worst = Math.max(worst, apart == 0 ? 0 : apart / largest);
    }
    return new IndicatorCheck(
        worst <= TOLERANCE ? Result.EQUAL : Result.DIFFERENT,
        "",
        told.origin(),
        common.size(),
        worst,
        common.get(common.size() - 1).startMillis());
  }
}
