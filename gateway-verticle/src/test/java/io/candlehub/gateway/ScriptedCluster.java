package io.candlehub.gateway;

import io.candlehub.cluster.Candidacy;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Leader;
import io.candlehub.cluster.LeaseTable;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ShardOwner;
import io.candlehub.cluster.Subscribers;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A cluster as a gateway sees it, moved by a test. Safe to use from any thread. */
public final class ScriptedCluster implements Cluster {
  /** The node of the gateway. */
  public static final String NODE = "gateway-1";

  private final Subscribers<ClusterListener> listeners = new Subscribers<>();
  private final List<String> hubs = new CopyOnWriteArrayList<>(List.of("hub-1", "hub-2"));
  private volatile boolean fenced;

  /** Cuts this node off from the others. */
  public void fence() {
    fenced = true;
    listeners.each(ClusterListener::fenced);
  }

  /** Lets this node hear the others again. */
  public void restore() {
    fenced = false;
    listeners.each(ClusterListener::restored);
  }

  /** Adds a hub. */
  public void join(String hub) {
    hubs.add(hub);
    membersChanged();
  }

  /** Lets a hub vanish. */
  public void kill(String hub) {
    hubs.remove(hub);
    membersChanged();
  }

  private void membersChanged() {
    List<Member> now = members();
    listeners.each(listener -> listener.membersChanged(now));
  }

  @Override
  public String nodeId() {
    return NODE;
  }

  @Override
  public List<Member> members() {
    return Stream.concat(
            Stream.of(new Member(NODE, Set.of(Role.GATEWAY), true)),
            hubs.stream().map(hub -> new Member(hub, Set.of(Role.HUB), true)))
        .toList();
  }

  @Override
  public boolean isFenced() {
    return fenced;
  }

  @Override
  public Registration listen(ClusterListener listener) {
    return listeners.add(listener);
  }

  @Override
  public LeaseTable leases() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> own(ShardOwner owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Candidacy compete(String key, Role role, Leader leader) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> leave() {
    return Future.succeededFuture();
  }
}
