package io.candlehub.hub;

import io.candlehub.cluster.Role;
import io.candlehub.cluster.Shards;
import io.candlehub.cluster.SingleNode;
import io.candlehub.model.Instrument;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Looks up the shard of each of 10,000 equities in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ShardBenchmark {
  private static final int SYMBOLS = 10_000;

  private final Instrument[] instruments = new Instrument[SYMBOLS];
  private final Instrument option = Instrument.of("O:SPY251219C00650000");
  private final OwnedShards shards =
      new OwnedShards(new SingleNode(Set.of(Role.values()), InstantSource.system()));
  private int next;

  /** Creates the instruments; all shards are this node's and served. */
  public ShardBenchmark() {
    for (int i = 0; i < SYMBOLS; i++) {
      instruments[i] = Instrument.of("S" + Integer.toString(i, 36).toUpperCase(Locale.ROOT));
    }
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      shards.gained(shard, 1);
      shards.serve(shard);
    }
  }

  private Instrument instrument() {
    next = next + 1 == SYMBOLS ? 0 : next + 1;
    return instruments[next];
  }

  /** Computes the shard of an equity. */
  @Benchmark
  public int computed() {
    return Shards.of(instrument());
  }

  /** Computes the shard of an option. */
  @Benchmark
  public int computedOption() {
    return Shards.of(option);
  }

  /** Asks, as a hub does for each update, whether the instrument is its own and may be published. */
  @Benchmark
  public boolean remembered() {
    return shards.isServing(shards.of(instrument()));
  }
}
