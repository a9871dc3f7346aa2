package io.candlehub.clustertests;

import java.util.Map;

/** What a client follows, in extended sessions. */
record ChartStream(String symbol, String timeframe) {
  private static final Map<String, Bucket> BUCKETS = Map.of(
      "1s", new Bucket("second", 1, 1_000L),
      "1m", new Bucket("minute", 1, 60_000L),
      "5m", new Bucket("minute", 5, 300_000L),
      "1h", new Bucket("hour", 1, 3_600_000L));

  private record Bucket(String timespan, int multiplier, long millis) {}

  /** Returns the length of a bar. */
  long barMillis() {
    return BUCKETS.get(timeframe).millis;
  }

  /** Returns whether its bars are seconds. */
  boolean isOfSeconds() {
    return timeframe.endsWith("s");
  }

  /** Returns the question for the true bars. */
  String truthPath(long fromMillis, long toMillis) {
    Bucket bucket = BUCKETS.get(timeframe);
    return "/sim/truth?ticker=" + symbol + "&timespan=" + bucket.timespan + "&multiplier="
        + bucket.multiplier + "&from=" + fromMillis + "&to=" + toMillis;
  }
}
