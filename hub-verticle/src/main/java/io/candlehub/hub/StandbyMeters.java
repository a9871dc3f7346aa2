package io.candlehub.hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what owners tell their standbys. Safe to use from any thread. */
final class StandbyMeters {
  private final Counter batches;
  private final Counter failures;
  private final Counter bytes;
  private final Counter deltas;
  private final Timer lag;
  private final AtomicInteger copies;
  private final AtomicInteger owned;

  StandbyMeters(MeterRegistry registry) {
    DescribedMeters described = new DescribedMeters(registry);
    batches = described.counter("standby.batches", "Messages to standbys", "result", "taken");
    failures = described.counter("standby.batches", "Messages to standbys", "result", "failed");
    bytes = described.counter("standby.bytes", "Bytes told to standbys");
    deltas =
        described.counter("standby.deltas", "Series told to standbys because they had changed");
    lag = described.timer("standby.lag", "From telling a standby to its acknowledgement");
    copies = described.gauge("standby.shards", "Shards of which this node keeps a copy");
    owned = described.gauge("shards", "Shards that this node owns");
  }

  /** Counts a message and the series it tells of. */
  void sent(int length, int series) {
    bytes.increment(length);
    deltas.increment(series);
  }

  /** Counts a message that a standby has taken, and how long that took. */
  void taken(Duration time) {
    batches.increment();
    lag.record(time);
  }

  /** Counts a message that was not taken. */
  void failed() {
    failures.increment();
  }

  /** Tells of how many shards this node keeps a copy. */
  void copies(int shards) {
    copies.set(shards);
  }

  /** Tells how many shards are this node's. */
  void owned(int shards) {
    owned.set(shards);
  }
}
