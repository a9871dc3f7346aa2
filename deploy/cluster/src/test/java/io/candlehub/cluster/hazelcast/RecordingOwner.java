package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.ShardOwner;
import io.candlehub.cluster.hazelcast.SimulatedCluster.SimulatedNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A hub that only keeps books, and refuses calls out of turn. A successor that leaves never takes a shard. */
final class RecordingOwner implements ShardOwner {
  private static final long RELEASE_MILLIS = 20;

  final Map<Integer, Long> terms = new HashMap<>();
  final Set<Integer> plannedGains = new TreeSet<>();
  final List<Integer> lostShards = new ArrayList<>();
  private final Map<Integer, Long> lastTerms;
  private final SimulatedCluster cluster;
  private final SimulatedNode node;
  private final Set<Integer> releasing = new TreeSet<>();

  RecordingOwner(SimulatedCluster cluster, SimulatedNode node) {
    this.cluster = cluster;
    this.node = node;
    this.lastTerms = new HashMap<>();
  }

  @Override
  public Future<Void> gained(int shard, long term, boolean planned) {
    if (terms.put(shard, term) != null) {
      throw new AssertionError("shard " + shard + " gained twice by " + node.id);
    }
    Long last = lastTerms.put(shard, term);
    if (last != null && last >= term) {
      throw new AssertionError("term of shard " + shard + " fell from " + last + " to " + term);
    }
    if (planned) {
      plannedGains.add(shard);
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> release(int shard, String successorNodeId) {
    if (!terms.containsKey(shard) || !cluster.nodes.containsKey(successorNodeId)) {
      throw new AssertionError("release of shard " + shard + " to " + successorNodeId);
    }
    releasing.add(shard);
    Promise<Void> done = Promise.promise();
    node.later(RELEASE_MILLIS, () -> {
      SimulatedNode successor = cluster.nodes.get(successorNodeId);
      if (successor == null || successor.leaving) {
        return;
      }
      if (releasing.remove(shard)) {
        terms.remove(shard);
        done.complete();
      } else {
        done.fail("lost meanwhile");
      }
    });
    return done.future();
  }

  @Override
  public void lost(int shard) {
    if (terms.remove(shard) == null) {
      throw new AssertionError("shard " + shard + " lost without being owned by " + node.id);
    }
    releasing.remove(shard);
    lostShards.add(shard);
  }
}
