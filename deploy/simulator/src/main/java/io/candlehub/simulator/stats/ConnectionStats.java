package io.candlehub.simulator.stats;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Counts of the socket connections of each market. Confined to the exchange's event loop. */
public final class ConnectionStats {
  private final LongSupplier nanoClock;
  private final Map<String, Counts> markets = new TreeMap<>();

  /** Creates empty counts. */
  public ConnectionStats(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    for (String market : new String[] {"stocks", "options", "indices", "tradier"}) {
      markets.put(market, new Counts());
    }
  }

  private Counts of(String market) {
    return markets.computeIfAbsent(market, name -> new Counts());
  }

  /** Counts a socket that was opened, authenticated or not. */
  public void opened(String market) {
    of(market).opened++;
  }

  /** Counts a connection that was authenticated. */
  public void joined(String market) {
    Counts counts = of(market);
    counts.settle(nanoClock.getAsLong());
    counts.now++;
    counts.ever++;
    counts.peak = Math.max(counts.peak, counts.now);
  }

  /** Counts an authenticated connection that is gone. */
  public void left(String market) {
    Counts counts = of(market);
    counts.settle(nanoClock.getAsLong());
    counts.now--;
  }

  /** Counts an authentication that failed. */
  public void refused(String market) {
    of(market).refused++;
  }

  /** Counts a connection that was evicted by the limit. */
  public void evicted(String market) {
    of(market).evicted++;
  }

  /** Notes how many topics the connections of a market hold now. */
  public void holds(String market, int topics) {
    Counts counts = of(market);
    counts.topics = topics;
    counts.peakTopics = Math.max(counts.peakTopics, topics);
  }

  /** Counts events and bytes sent in one frame. */
  public void sent(String market, int events, int bytes) {
    Counts counts = of(market);
    counts.frames++;
    counts.events += events;
    counts.bytes += bytes;
  }

  /** Returns the counts by market. */
  public JsonObject toJson() {
    JsonObject all = new JsonObject();
    markets.forEach((market, counts) -> {
      counts.settle(nanoClock.getAsLong());
      all.put(
          market,
          new JsonObject()
              .put("now", counts.now)
              .put("ever", counts.ever)
              .put("peak", counts.peak)
              .put("overlapMillis", counts.overlapNanos / 1_000_000)
              .put("topics", counts.topics)
              .put("peakTopics", counts.peakTopics)
              .put("opened", counts.opened)
              .put("refused", counts.refused)
              .put("evicted", counts.evicted)
              .put("frames", counts.frames)
              .put("events", counts.events)
              .put("bytes", counts.bytes));
    });
    return all;
  }

  private static final class Counts {
    private int now;
    private long ever;
    private int peak;
    private int topics;
    private int peakTopics;
    private long opened;
    private long refused;
    private long evicted;
    private long frames;
    private long events;
    private long bytes;
    private long overlapNanos;
    private long settledNanos;

    private void settle(long nanos) {
      if (now > 1) {
        overlapNanos += nanos - settledNanos;
      }
      settledNanos = nanos;
    }
  }
}
