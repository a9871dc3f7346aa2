package io.candlehub.ingest.provider.massive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;

/** What {@link ParseBenchmark} measured, as a table for docs/performance.md. */
public final class ParseTable {
  private static final double MILLION = 1e6;

  private ParseTable() {}

  /** Returns the table's lines: millions of events per second of each parser, and ours as a multiple of the others. */
  public static List<String> lines(Collection<RunResult> results) {
    Map<String, Map<String, Double>> byKinds = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      byKinds
          .computeIfAbsent(result.getParams().getParam("kinds"), kinds -> new TreeMap<>())
          .put(
              name.substring(name.lastIndexOf('.') + 1),
              result.getPrimaryResult().getScore() / MILLION);
    }
    List<String> lines = new ArrayList<>();
    lines.add("| frames of | ours | streaming | databind, bound | databind, tree "
        + "| times streaming | times the faster databind |");
    lines.add("|---|---|---|---|---|---|---|");
    byKinds.forEach((kinds, scores) -> lines.add(line(kinds, scores)));
    return lines;
  }

  private static String line(String kinds, Map<String, Double> scores) {
    double ours = scores.getOrDefault("ours", Double.NaN);
    double streaming = scores.getOrDefault("jacksonStreaming", Double.NaN);
    double bound = scores.getOrDefault("jacksonBound", Double.NaN);
    double tree = scores.getOrDefault("jacksonTree", Double.NaN);
    return String.format(
        Locale.ROOT,
        "| %s | %.2f M/s | %.2f M/s | %.2f M/s | %.2f M/s | %.1f | %.1f |",
        kinds,
        ours,
        streaming,
        bound,
        tree,
        ours / streaming,
        ours / Math.max(bound, tree));
  }
}
