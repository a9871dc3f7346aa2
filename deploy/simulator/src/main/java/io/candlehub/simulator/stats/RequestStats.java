package io.candlehub.simulator.stats;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Counts of the REST requests by path template. Confined to the exchange's event loop. */
public final class RequestStats {
  private final LongSupplier nanoClock;
  private final Map<String, Counts> templates = new TreeMap<>();
  private final Counts all = new Counts();
  private final Map<String, Integer> open = new HashMap<>();
  private int peakPerQuestion;

  /** Creates empty counts. */
  public RequestStats(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Counts a request. */
  public void asked(String template) {
    long second = Math.floorDiv(nanoClock.getAsLong(), 1_000_000_000L);
    templates.computeIfAbsent(template, name -> new Counts()).asked(second);
    all.asked(second);
  }

  /** Counts an answer. */
  public void answered(String template, int status) {
    templates.computeIfAbsent(template, name -> new Counts()).results.merge(status, 1L, Long::sum);
    all.results.merge(status, 1L, Long::sum);
  }

  /** Counts a question, a path with its query, that waits for its answer from now on. */
  public void opened(String question) {
    peakPerQuestion = Math.max(peakPerQuestion, open.merge(question, 1, Integer::sum));
  }

  /** Counts that a question waits no more: it was answered, or who asked it has gone. */
  public void closed(String question) {
    open.computeIfPresent(question, (asked, times) -> times == 1 ? null : times - 1);
  }

  /** Returns the counts by template, and over all of them. */
  public JsonObject toJson() {
    JsonObject byTemplate = new JsonObject();
    templates.forEach((template, counts) -> byTemplate.put(template, counts.toJson()));
    return new JsonObject()
        .put("total", all.toJson())
        .put("peakPerQuestion", peakPerQuestion)
        .put("paths", byTemplate);
  }

  private static final class Counts {
    private long count;
    private long second;
    private long inSecond;
    private long peakPerSecond;
    private final Map<Integer, Long> results = new TreeMap<>();

    private void asked(long now) {
      count++;
      inSecond = now == second ? inSecond + 1 : 1;
      second = now;
      peakPerSecond = Math.max(peakPerSecond, inSecond);
    }

    private JsonObject toJson() {
      JsonObject statuses = new JsonObject();
      results.forEach((status, times) -> statuses.put(Integer.toString(status), times));
      return new JsonObject()
          .put("count", count)
          .put("peakPerSecond", peakPerSecond)
          .put("results", statuses);
    }
  }
}
