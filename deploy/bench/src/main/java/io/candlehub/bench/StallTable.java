package io.candlehub.bench;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Prints what stalls did, and the aims beside it. */
final class StallTable {
  private static final double GROWTH_AIM = 64;
  private static final double P99_FACTOR = 1.25;
  private static final double P99_SLACK_MILLIS = 2;
  private static final double CURRENT_AIM_MILLIS = 1_000;
  private static final double KILOBYTE = 1_024;
  private static final double MEGABYTE = KILOBYTE * KILOBYTE;

  private final int stalled;
  private final List<Round> rounds = new ArrayList<>();
  private JsonObject end = new JsonObject();

  /**
   * The server's memory at one moment.
   *
   * @param heap live bytes on the heap, after collections
   * @param direct bytes outside of it that Netty has taken from the system
   * @param resident bytes of the process as the kernel counts them
   * @param kernel what waits in the sockets, which no process is charged with
   */
  record Memory(long heap, long direct, long resident, KernelQueues kernel) {}

  /**
   * A stretch without stalls and the one after it with them.
   *
   * @param fed updates published in a second
   * @param cores processor time of the server in a second without stalls
   * @param loadCores the same of the clients
   * @param calm counts of the clients at the end of the first
   * @param during the same just before those that stalled read again
   * @param after the same after those that stalled have come back
   * @param empty memory before the stall
   * @param full memory near its end
   */
  record Round(
      double fed,
      double cores,
      double loadCores,
      JsonObject calm,
      JsonObject during,
      JsonObject after,
      Memory empty,
      Memory full) {
    double p99Calm() {
      return calm.getLong("p99") / 1e3;
    }

    double p99During() {
      return during.getLong("p99") / 1e3;
    }

    double p99Stalled() {
      return after.getLong("p99") / 1e3;
    }

    double current() {
      return after.getLong("currentMax") / 1e3;
    }

    double heapGrowth() {
      return full.heap - (double) empty.heap;
    }

    double directGrowth() {
      return full.direct - (double) empty.direct;
    }

    double kernelGrowth() {
      return full.kernel.sendBytes() - (double) empty.kernel.sendBytes();
    }

    @Override
    public String toString() {
      return String.format(
          "%,.0f updates/s, %.2f cores (clients' %.2f); others' p50 %.2f ms, p99 %.2f ms, with"
              + " stalls %.2f and %.2f ms (%.2f before they read again); heap %.1f MB %+.1f,"
              + " direct %.1f MB %+.1f, resident %.0f MB %+.1f, sockets: server's %.1f MB,"
              + " clients' %.1f MB; current after %.0f ms, 99 %% after %.0f, all after %.0f ms"
              + " (%s) and at most %.0f KB",
          fed,
          cores,
          loadCores,
          calm.getLong("p50") / 1e3,
          p99Calm(),
          after.getLong("p50") / 1e3,
          p99Stalled(),
          p99During(),
          empty.heap / MEGABYTE,
          heapGrowth() / MEGABYTE,
          empty.direct / MEGABYTE,
          directGrowth() / MEGABYTE,
          empty.resident / MEGABYTE,
          (full.resident - empty.resident) / MEGABYTE,
          full.kernel.sendBytes() / MEGABYTE,
          full.kernel.receiveBytes() / MEGABYTE,
          after.getLong("currentP50") / 1e3,
          after.getLong("currentP99") / 1e3,
          current(),
          after.getString("slowest"),
          after.getLong("mostBacklog") / KILOBYTE);
    }
  }

  StallTable(int stalled) {
    this.stalled = stalled;
  }

  void add(Round round) {
    rounds.add(round);
  }

  /** Takes the counts after the last update has arrived. */
  void end(JsonObject counts) {
    end = counts;
  }

  void print() {
    // Heap and direct memory that the first stall took are not given back, so the first start
    // counts.
    double most = rounds.stream()
        .mapToDouble(round -> round.heapGrowth() + round.full.direct - rounds.get(0).empty.direct)
        .max()
        .orElse(Double.NaN);
    double current = rounds.stream().mapToDouble(Round::current).max().orElse(Double.NaN);
    double perClient = most / stalled / KILOBYTE;
    long closed = end.getLong("closed") + end.getLong("failed");
    System.out.printf("%n| aim | figure | |%n|---|---|---|%n");
    if (stalled > 0) {
      row(
          "heap and direct memory grow by at most 64 KB per stalled client, worst round",
          String.format("%.1f KB", perClient),
          perClient <= GROWTH_AIM);
    }
    row("no disconnect", Long.toString(closed), closed == 0);
    others();
    row(
        "every stalled client current within 1 s, worst of all",
        String.format("%.0f ms", current),
        current <= CURRENT_AIM_MILLIS);
    row("clients whose series differs at the end", "others", end);
    row("series that differed when current", "unequal", end);
    row("updates with other bars than their positions say", "wrong", end);
    row("duplicates", "duplicates", end);
    row("unflagged losses", "losses", end);
    if (stalled > 0) {
      medians();
    }
  }

  private void medians() {
    System.out.printf(
        "%nmedians: others' p99 before the stalled read again %.2f ms; heap %.1f KB, direct %.1f"
            + " KB, send buffers of the kernel %.1f KB per stalled client; %,d snapshots in all;"
            + " last failure: %s%n",
        median(Round::p99During),
        median(Round::heapGrowth) / stalled / KILOBYTE,
        median(Round::directGrowth) / stalled / KILOBYTE,
        median(Round::kernelGrowth) / stalled / KILOBYTE,
        end.getLong("snapshots"),
        end.getString("failure"));
  }

  /** A reference that differs from itself by more than the aim allows says nothing: its clients wait in a queue. */
  private void others() {
    double calm = median(Round::p99Calm);
    double p99 = median(Round::p99Stalled);
    double least = rounds.stream().mapToDouble(Round::p99Calm).min().orElse(Double.NaN);
    double most = rounds.stream().mapToDouble(Round::p99Calm).max().orElse(Double.NaN);
    String aim = String.format(
        "others' p99 at most %.2f ms (%.2f ms without stalls, %.2f to %.2f)",
        allowed(calm), calm, least, most);
    if (most > allowed(least) && p99 <= allowed(calm)) {
      System.out.printf("| %s | %.2f ms | not shown: the reference is unsteady |%n", aim, p99);
    } else {
      row(aim, String.format("%.2f ms", p99), p99 <= allowed(calm));
    }
  }

  private static double allowed(double calmMillis) {
    return P99_FACTOR * calmMillis + P99_SLACK_MILLIS;
  }

  private static void row(String aim, String count, JsonObject counts) {
    long figure = counts.getLong(count);
    row(aim, Long.toString(figure), figure == 0);
  }

  private static void row(String aim, String figure, boolean met) {
    System.out.printf("| %s | %s | %s |%n", aim, figure, met ? "met" : "**missed**");
  }

  private double median(ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
