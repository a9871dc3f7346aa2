package io.candlehub.hub;

import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which shards are this node's, under which term, and whether they are served: one that is being taken over or handed
 * over publishes nothing. Confined to the hub's event loop.
 */
final class OwnedShards {
  private static final int SPEAKING_SHARD = 0;
  private static final int MOST_REMEMBERED = 100_000;

  private final Cluster cluster;
  private final Holding[] holdings = new Holding[Shards.COUNT];
  private final Map<Instrument, Integer> shards = new HashMap<>();

  OwnedShards(Cluster cluster) {
    this.cluster = cluster;
  }

  private static final class Holding {
    private final long term;
    private final String termText;
    private final Promise<Void> ready = Promise.promise();
    private boolean serving;

    Holding(long term) {
      this.term = term;
      termText = Long.toString(term);
    }
  }

  /** Returns an instrument's shard. */
  int of(Instrument instrument) {
    Integer known = shards.get(instrument);
    if (known != null) {
      return known;
    }
    if (shards.size() >= MOST_REMEMBERED) {
      shards.clear();
    }
    int shard = Shards.of(instrument);
    shards.put(instrument, shard);
    return shard;
  }

  /** Takes note that a shard is this node's, not yet served. */
  void gained(int shard, long term) {
    holdings[shard] = new Holding(term);
  }

  /** Takes note that a shard is served from now on. */
  void serve(int shard) {
    holdings[shard].serving = true;
    holdings[shard].ready.tryComplete();
  }

  /** Lets a shard publish nothing while it is handed over. */
  void pause(int shard) {
    holdings[shard].serving = false;
  }

  /** Takes note that a shard is not this node's any more. */
  void lost(int shard) {
    Holding holding = holdings[shard];
    holdings[shard] = null;
    if (holding != null) {
      holding.ready.tryFail("the shard has moved");
    }
  }

  boolean owns(int shard) {
    return holdings[shard] != null;
  }

  boolean owns(Instrument instrument) {
    return owns(of(instrument));
  }

  /** Returns true if a shard is owned under a term still. */
  boolean owns(int shard, long term) {
    return owns(shard) && holdings[shard].term == term;
  }

  /** Returns true if a shard's updates may be published now. */
  boolean isServing(int shard) {
    return owns(shard) && holdings[shard].serving && !cluster.isFenced();
  }

  /** Returns true if what this node knows of an instrument may be told to who asks. */
  boolean mayAnswer(Instrument instrument) {
    return owns(instrument) && !cluster.isFenced();
  }

  /** Returns true if this node hears the majority, so that it may speak at all. */
  boolean mayPublish() {
    return !cluster.isFenced();
  }

  /** Returns true if this node is the one hub that says what concerns no single shard. */
  boolean speaks() {
    return isServing(SPEAKING_SHARD);
  }

  /** Returns when a shard is served; fails if it is not this node's, or not any more. */
  Future<Void> ready(int shard) {
    return owns(shard) ? holdings[shard].ready.future() : Future.failedFuture("not owned");
  }

  /** Returns the term of a shard that is owned. */
  long term(int shard) {
    return holdings[shard].term;
  }

  /** Returns the term of a shard that is owned, as a header. */
  String termText(int shard) {
    return holdings[shard].termText;
  }

  /** Returns the shards that are owned. */
  int[] all() {
    return IntStream.range(0, Shards.COUNT).filter(this::owns).toArray();
  }
}
