package io.candlehub.cluster.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the cluster its event loop, and ties it to Hazelcast's members and the bus. */
final class ClusterVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterVerticle.class);

  private final HazelcastClusterManager manager;
  private final HazelcastInstance hazelcast;
  private final int quorum;
  private final ClusterMeters meters;
  private Optional<ClusterCore> core = Optional.empty();
  private Optional<UUID> membershipListener = Optional.empty();
  private Optional<UUID> lifecycleListener = Optional.empty();

  ClusterVerticle(HazelcastClusterManager manager, int quorum, MeterRegistry registry) {
    this.manager = manager;
    this.hazelcast = manager.getHazelcastInstance();
    this.quorum = quorum;
    this.meters = new ClusterMeters(registry);
  }

  @Override
  public Future<?> start() {
    Loop loop = new Loop(
        task -> context.runOnContext(ignored -> task.run()),
        new VertxScheduler(vertx),
        System::nanoTime);
    Seen self = seen(hazelcast.getCluster().getLocalMember());
    BusPeers peers = new BusPeers(vertx, manager, self.nodeId());
    ClusterCore one = new ClusterCore(
        self,
        quorum,
        loop,
        new ClusterCore.Outside(
            this::members, peers, new HazelcastLeaseStore(vertx, hazelcast), this::repair, meters));
    core = Optional.of(one);
    membershipListener = Optional.of(hazelcast
        .getCluster()
        .addMembershipListener(new Changes(() -> loop.executor().execute(one::membershipChanged))));
    lifecycleListener = Optional.of(hazelcast.getLifecycleService().addLifecycleListener(event -> {
      if (event.getState() == LifecycleState.MERGED) {
        loop.executor().execute(one::merged);
      } else if (event.getState() == LifecycleState.SHUTTING_DOWN) {
        loop.executor().execute(one::membershipChanged);
      }
    }));
    return peers.serve(one).onSuccess(ignored -> one.start());
  }

  @Override
  public Future<?> stop() {
    core.ifPresent(ClusterCore::stop);
    if (hazelcast.getLifecycleService().isRunning()) {
      membershipListener.ifPresent(hazelcast.getCluster()::removeMembershipListener);
      lifecycleListener.ifPresent(hazelcast.getLifecycleService()::removeLifecycleListener);
    }
    return Future.succeededFuture();
  }

  /** Valid once deployed. */
  Cluster cluster() {
    return core.orElseThrow();
  }

  /** Nobody, not even this node, once Hazelcast has ended. */
  private List<Seen> members() {
    if (!hazelcast.getLifecycleService().isRunning()) {
      return List.of();
    }
    return hazelcast.getCluster().getMembers().stream()
        .filter(member -> !MemberAttributes.nodeId(member).isEmpty())
        .map(ClusterVerticle::seen)
        .toList();
  }

  private static Seen seen(Member member) {
    return new Seen(
        MemberAttributes.nodeId(member),
        MemberAttributes.roles(member),
        MemberAttributes.isVoter(member));
  }

  /** What the cluster manager does after a merge cures lost registrations too, and may be done at any time. */
  private void repair() {
    vertx
        .executeBlocking(
            () -> {
              manager.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
              return null;
            },
            false)
        .onFailure(e -> LOG.warn("registrations could not be published again", e));
  }

  private record Changes(Runnable changed) implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {
      changed.run();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      changed.run();
    }
  }
}
