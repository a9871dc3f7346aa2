package io.candlehub.launcher;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** When which fault hits the exchange: a pure function of a seed. All times are market milliseconds from the begin. */
record FaultSchedule(List<Hit> hits) {
  private static final long SECOND = 1_000;
  private static final long DEATH = 16 * 60 * SECOND;

  /** One fault: when it begins, what is posted to the exchange, and when it is over. */
  record Hit(long atMillis, JsonObject fault, long endMillis) {}

  /** Draws so many faults that begin within a length of market time. */
  static FaultSchedule of(long seed, int count, long lengthMillis) {
    Random random = new Random(seed);
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = (long) (random.nextDouble() * lengthMillis);
      hits.add(draw(random, at));
    }
    hits.sort(Comparator.comparingLong(Hit::atMillis));
    return new FaultSchedule(List.copyOf(hits));
  }

  /** Returns the same with deaths of the stream that are long enough for another provider to take its place, one an hour. */
  FaultSchedule withDeaths(long lengthMillis) {
    List<Hit> all = new ArrayList<>(hits);
    for (long at = 60 * SECOND; at < lengthMillis; at += 3_600 * SECOND) {
      all.add(stream(at, "disconnect", DEATH));
    }
    all.sort(Comparator.comparingLong(Hit::atMillis));
    return new FaultSchedule(List.copyOf(all));
  }

  /** Returns when the last fault is over. */
  long endMillis() {
    return hits.stream().mapToLong(Hit::endMillis).max().orElse(0);
  }

  /** Returns true if the stream may have lost something in a stretch from the begin on. */
  boolean blinds(long fromMillis, long toMillis) {
    return hits.stream()
        .anyMatch(hit -> hit.fault.containsKey("market")
            && hit.atMillis < toMillis
            && hit.endMillis >= fromMillis);
  }

  private static Hit draw(Random random, long at) {
    return switch (random.nextInt(12)) {
      case 0 -> stream(at, "disconnect", length(random, 1, 600));
      case 1 -> stream(at, "disconnect", 0);
      case 2 -> stream(at, "mute", length(random, 20, 300));
      case 3 -> percent(at, "drop", random, 40);
      case 4 -> percent(at, "duplicate", random, 60);
      case 5 -> percent(at, "reorder", random, 60);
      case 6 -> percent(at, "late", random, 30);
      case 7 -> percent(at, "corrupt", random, 20);
      case 8 -> rest(at, "rate-limit", "retryAfter", 1 + random.nextInt(3), random);
      case 9 -> rest(at, "rate-limit", "percent", 100, random);
      case 10 -> rest(at, "error", "status", random.nextBoolean() ? 500 : 503, random);
      default -> rest(at, "slow", "millis", 200 + random.nextInt(2_000), random);
    };
  }

  private static Hit stream(long at, String kind, long length) {
    JsonObject fault = new JsonObject().put("kind", kind).put("market", "stocks");
    if (length > 0) {
      fault.put("marketSeconds", length / SECOND);
    }
    return new Hit(at, fault, at + length);
  }

  private static Hit percent(long at, String kind, Random random, int most) {
    Hit hit = stream(at, kind, length(random, 20, 240));
    hit.fault.put("percent", 5 + random.nextInt(most));
    return hit;
  }

  private static Hit rest(long at, String kind, String detail, int value, Random random) {
    long length = length(random, 20, 240);
    JsonObject fault = new JsonObject()
        .put("kind", kind)
        .put("path", "/v2/aggs")
        .put("marketSeconds", length / SECOND)
        .put(detail, value);
    return new Hit(at, fault, at + length);
  }

  private static long length(Random random, int fromSeconds, int toSeconds) {
    return (fromSeconds + random.nextInt(toSeconds - fromSeconds + 1)) * SECOND;
  }
}
