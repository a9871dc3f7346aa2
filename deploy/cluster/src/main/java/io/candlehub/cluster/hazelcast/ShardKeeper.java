package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Shards;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires shards for the hub of this node, asks others for those it should have, and hands over what others ask for.
 * A few shards move at a time. Confined to the loop.
 */
final class ShardKeeper {
  /** How many shards are on the move to a node, and away from one, at a time. */
  static final int MOVES = 4;

  private static final Logger LOG = LoggerFactory.getLogger(ShardKeeper.class);
  private static final Duration RELEASE_LIMIT = Duration.ofSeconds(10);
  private static final long RETRY_NANOS = 1_000_000_000L;

  private final String self;
  private final Loop loop;
  private final Leases leases;
  private final Peers peers;
  private final ShardCalls owner;
  private final ClusterMeters meters;
  private final Function<String, Optional<String>> livingHolder;
  private final ShardPlan plan;
  private final Map<Integer, State> states = new HashMap<>();
  private final Map<Integer, String> successors = new HashMap<>();
  private final Map<Integer, Long> notBeforeNanos = new HashMap<>();
  private final Promise<Void> settled = Promise.promise();
  private final Promise<Void> handedOver = Promise.promise();
  private List<Member> members = List.of();
  private boolean leaving;
  private int toldOwned;

  /**
   * Creates the keeper.
   *
   * @param livingHolder who holds a lease, empty unless it counts as alive
   */
  ShardKeeper(
      String self,
      Loop loop,
      Leases leases,
      Peers peers,
      ShardCalls owner,
      ClusterMeters meters,
      Function<String, Optional<String>> livingHolder) {
    this.self = self;
    this.loop = loop;
    this.leases = leases;
    this.peers = peers;
    this.owner = owner;
    this.meters = meters;
    this.livingHolder = livingHolder;
    this.plan = new ShardPlan(self);
  }

  private enum State {
    ASKING,
    ACQUIRING,
    OWNED,
    RELEASING
  }

  /** Done when every shard that prefers this node has an owner. */
  Future<Void> settled() {
    return settled.future();
  }

  private int ownedCount() {
    return count(State.OWNED) + count(State.RELEASING);
  }

  private int count(State state) {
    return (int) states.values().stream().filter(state::equals).count();
  }

  /** Does what is to be done now; to be called every 100 ms or so and after every change. */
  void tick(List<Member> membersNow) {
    members = membersNow;
    tellOwned();
    if (leaving) {
      handOver();
      return;
    }
    for (ShardPlan.Step step : plan.steps(members, this::holder, loop.nanos())) {
      int shard = step.shard();
      Long notBefore = notBeforeNanos.get(shard);
      if (states.containsKey(shard) || (notBefore != null && loop.nanos() - notBefore < 0)) {
        continue;
      }
      notBeforeNanos.remove(shard);
      if (step.isAcquire()) {
        acquire(shard);
      } else if (count(State.ASKING) < MOVES) {
        ask(shard, step.owner());
      }
    }
    if (!settled.future().isComplete() && isSettled()) {
      settled.complete();
    }
  }

  /** Tells the log how many shards this node owns, once they stop moving. */
  private void tellOwned() {
    int owned = ownedCount();
    boolean moving = count(State.ASKING) + count(State.ACQUIRING) + count(State.RELEASING) > 0;
    if (owned != toldOwned && !moving) {
      LOG.info("shards owned changed [before: {}, now: {}]", toldOwned, owned);
      toldOwned = owned;
    }
  }

  private Optional<String> holder(int shard) {
    return livingHolder.apply(Shards.leaseKey(shard));
  }

  private boolean isSettled() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      boolean preferred = Shards.preference(shard, members).indexOf(self) == 0;
      if (preferred && states.get(shard) != State.OWNED && holder(shard).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void acquire(int shard) {
    states.put(shard, State.ACQUIRING);
    leases
        .claim(Shards.leaseKey(shard), lease -> lost(shard, lease))
        .onSuccess(grant -> {
          if (grant.lease().isHeldBy(self)) {
            gained(shard, grant);
          } else {
            states.remove(shard);
          }
        })
        .onFailure(e -> {
          LOG.debug("shard not acquired [shard: {}]", shard, e);
          states.remove(shard);
          retryLater(shard);
        });
  }

  private void gained(int shard, Leases.Grant grant) {
    states.put(shard, State.OWNED);
    boolean planned = grant.cutOff().isEmpty();
    long term = grant.lease().term();
    LOG.debug("shard gained [shard: {}, term: {}, planned: {}]", shard, term, planned);
    meters.gained(planned);
    owner.gained(shard, term, planned).onFailure(e -> {
      if (isOwner(shard, term)) {
        LOG.error("shard could not be served and is given back [shard: {}]", shard, e);
        states.remove(shard);
        retryLater(shard);
        owner.lost(shard);
        giveBack(shard, false);
      }
    });
  }

  private boolean isOwner(int shard, long term) {
    return states.get(shard) == State.OWNED
        && leases.record(Shards.leaseKey(shard)).stream()
            .anyMatch(record -> record.holder().equals(self) && record.term() == term);
  }

  private void lost(int shard, Lease lease) {
    states.remove(shard);
    LOG.debug("shard lost [shard: {}, term: {}]", shard, lease.term());
    meters.lost();
    owner.lost(shard);
  }

  private void ask(int shard, String ownerNodeId) {
    states.put(shard, State.ASKING);
    peers.askMove(ownerNodeId, shard).onComplete(reply -> {
      states.remove(shard);
      if (reply.succeeded() && reply.result() && !leaving) {
        acquire(shard);
      } else {
        retryLater(shard);
      }
    });
  }

  /** Another node asks for a shard; done with true when it can acquire it. */
  Future<Boolean> moveAsked(int shard, String nodeId) {
    boolean movable = states.get(shard) == State.OWNED
        && count(State.RELEASING) < MOVES
        && Shards.preference(shard, members).indexOf(nodeId) == 0;
    return movable ? release(shard, nodeId) : Future.succeededFuture(false);
  }

  private Future<Boolean> release(int shard, String successor) {
    states.put(shard, State.RELEASING);
    successors.put(shard, successor);
    return loop.limited(owner.release(shard, successor), RELEASE_LIMIT)
        .transform(result -> released(shard, successor, result.cause()));
  }

  private Future<Boolean> released(int shard, String successor, Throwable cause) {
    if (states.get(shard) != State.RELEASING) {
      return Future.succeededFuture(false);
    }
    boolean tooLate = cause instanceof TimeoutException;
    if (cause != null && !tooLate) {
      LOG.warn(
          "shard stays, it could not be handed over [shard: {}, cause: {}]",
          shard,
          cause.getMessage());
      states.put(shard, State.OWNED);
      return Future.succeededFuture(false);
    }
    states.remove(shard);
    retryLater(shard);
    if (tooLate) {
      LOG.warn("shard given up, its hand-over took too long [shard: {}]", shard);
      owner.lost(shard);
    } else {
      LOG.debug("shard handed over [shard: {}, to: {}]", shard, successor);
      meters.handedOver();
    }
    return giveBack(shard, !tooLate);
  }

  private Future<Boolean> giveBack(int shard, boolean whole) {
    return leases
        .giveBack(Shards.leaseKey(shard), whole)
        .map(true)
        .onFailure(e -> LOG.debug("lease not given back yet [shard: {}]", shard, e));
  }

  private void retryLater(int shard) {
    notBeforeNanos.put(shard, loop.nanos() + RETRY_NANOS);
  }

  /** Hands everything over; done when nothing is left that somebody could take. */
  Future<Void> leave() {
    leaving = true;
    return handedOver.future();
  }

  /** A successor that leaves as well will not answer: whoever stays takes the shard from its standby. */
  private void abandonMoves() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      if (states.get(shard) == State.RELEASING
          && !Shards.preference(shard, members).contains(successors.get(shard))) {
        states.remove(shard);
        owner.lost(shard);
        giveBack(shard, false).onFailure(e -> LOG.debug("lease given back late", e));
      }
    }
  }

  private void handOver() {
    abandonMoves();
    boolean waiting = count(State.ACQUIRING) + count(State.ASKING) + count(State.RELEASING) > 0;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      List<String> candidates = Shards.preference(shard, members);
      if (states.get(shard) == State.OWNED && !candidates.isEmpty()) {
        waiting = true;
        if (count(State.RELEASING) < 2 * MOVES) {
          release(shard, candidates.get(0)).onFailure(e -> LOG.debug("lease given back late", e));
        }
      }
    }
    if (!waiting) {
      handedOver.tryComplete();
    }
  }
}
