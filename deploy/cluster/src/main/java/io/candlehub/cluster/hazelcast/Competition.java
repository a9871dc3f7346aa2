package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Candidacy;
import io.candlehub.cluster.Leader;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Rendezvous;
import io.candlehub.cluster.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Competes for one lease: while its holder lives nothing is done; when it is free the first candidate by rendezvous
 * takes it at once, the next half a second later. Confined to the loop.
 */
final class Competition {
  /** The fence time of the last holder and a margin. */
  static final long QUIET_NANOS = 1_500_000_000L;

  private static final Duration GONE_LIMIT = Duration.ofMillis(400);
  private static final Logger LOG = LoggerFactory.getLogger(Competition.class);
  private static final long PATIENCE_NANOS = 500_000_000L;
  private static final long RETRY_NANOS = 500_000_000L;

  private final String self;
  private final String key;
  private final Role role;
  private final Loop loop;
  private final Leases leases;
  private final Sight sight;
  private final Leader leader;
  private final CallerContext caller;
  private State state = State.WAITING;
  private long leadingTerm;
  private boolean told;
  private boolean free;
  private long freeSinceNanos;
  private long notBeforeNanos;

  Competition(Seat seat, Loop loop, Leases leases, Sight sight) {
    this.self = seat.self;
    this.key = seat.key;
    this.role = seat.role;
    this.leader = seat.leader;
    this.caller = seat.caller;
    this.loop = loop;
    this.leases = leases;
    this.sight = sight;
    this.notBeforeNanos = loop.nanos();
  }

  /**
   * Who competes for what.
   *
   * @param self this node
   * @param key the lease's key
   * @param role whose nodes compete
   * @param leader is told
   * @param caller where it is told
   */
  record Seat(String self, String key, Role role, Leader leader, CallerContext caller) {}

  /**
   * What is seen of other nodes.
   *
   * @param livingHolder who holds a lease, empty unless it counts as alive
   * @param lastHeardNanos when a node was last heard
   * @param isGone whether the process of a node has ended for certain
   */
  record Sight(
      Function<String, Optional<String>> livingHolder,
      Function<String, OptionalLong> lastHeardNanos,
      Function<String, Future<Boolean>> isGone) {}

  private enum State {
    WAITING,
    ACQUIRING,
    LEADING,
    ENDED
  }

  /** Does what is to be done now; to be called every 100 ms or so and after every change. */
  void tick(List<Member> members) {
    if (state != State.WAITING || loop.nanos() - notBeforeNanos < 0) {
      return;
    }
    if (sight.livingHolder.apply(key).isPresent()) {
      free = false;
      return;
    }
    if (!free) {
      free = true;
      freeSinceNanos = loop.nanos();
    }
    int rank = Rendezvous.ranking(key, role, members).indexOf(self);
    if (rank >= 0 && loop.nanos() - freeSinceNanos >= rank * PATIENCE_NANOS) {
      acquire(members.size() == 1);
    }
  }

  private void acquire(boolean alone) {
    state = State.ACQUIRING;
    leases.claim(key, this::lost).onSuccess(grant -> granted(grant, alone)).onFailure(e -> {
      LOG.debug("lease not acquired [key: {}]", key, e);
      backOff();
    });
  }

  private void granted(Leases.Grant grant, boolean alone) {
    if (!grant.lease().isHeldBy(self)) {
      backOff();
      return;
    }
    if (state == State.ENDED) {
      leases.giveBack(key, true).onFailure(e -> LOG.debug("lease given back late", e));
      return;
    }
    state = State.LEADING;
    leadingTerm = grant.lease().term();
    if (quiet(grant.cutOff(), alone).isZero()) {
      elected(leadingTerm, Duration.ZERO);
      return;
    }
    loop.limited(sight.isGone.apply(grant.cutOff()), GONE_LIMIT)
        .otherwise(false)
        .onSuccess(gone ->
            elected(grant.lease().term(), gone ? Duration.ZERO : quiet(grant.cutOff(), alone)));
  }

  private void elected(long term, Duration quiet) {
    if (state == State.LEADING && leadingTerm == term) {
      told = true;
      LOG.info("elected [key: {}, term: {}, quiet: {} ms]", key, term, quiet.toMillis());
      caller.run(() -> leader.elected(term, quiet));
    }
  }

  private Duration quiet(String cutOff, boolean alone) {
    boolean nobodyBefore = cutOff.equals(LeaseRecord.UNKNOWN) && alone;
    if (cutOff.isEmpty() || nobodyBefore) {
      return Duration.ZERO;
    }
    OptionalLong heard = sight.lastHeardNanos.apply(cutOff);
    long passed = heard.isPresent() ? loop.nanos() - heard.getAsLong() : 0;
    return Duration.ofNanos(Math.max(0, QUIET_NANOS - passed));
  }

  private void backOff() {
    if (state == State.ACQUIRING) {
      state = State.WAITING;
      notBeforeNanos = loop.nanos() + RETRY_NANOS;
    }
  }

  private void lost(Lease lease) {
    if (state == State.LEADING) {
      LOG.warn("deposed [key: {}, term: {}]", key, lease.term());
      state = State.WAITING;
      if (told) {
        told = false;
        caller.run(leader::deposed);
      }
    }
  }

  /** Ends the competition, the leader having stopped. */
  Future<Void> withdraw() {
    boolean leading = state == State.LEADING;
    state = State.ENDED;
    return leading ? leases.giveBack(key, told) : Future.succeededFuture();
  }

  /** Deposes the leader and ends the competition. */
  Future<Void> leave() {
    if (state != State.LEADING || !told) {
      return withdraw();
    }
    state = State.ENDED;
    Promise<Void> closed = Promise.promise();
    caller.run(() -> {
      leader.deposed();
      loop.executor().execute(closed::complete);
    });
    return closed.future().compose(ignored -> leases.giveBack(key, true));
  }

  /** Returns the handle for the leader's node. */
  Candidacy candidacy(Runnable ended) {
    return () -> loop.call(() -> {
      ended.run();
      return withdraw();
    });
  }
}
