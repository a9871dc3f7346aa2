package io.candlehub.cluster.hazelcast;

import io.candlehub.cluster.Lease;
import io.candlehub.cluster.Role;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes in one thread on a clock driven by hand. A killed node is removed from the membership after 0.3 s, a silent one
 * (cut off or frozen) after 3 s; a node that was removed sees itself alone and has a copy of the leases of its own,
 * until it is merged again 5 s after it can be reached.
 */
final class SimulatedCluster {
  private static final long DELAY_MILLIS = 1;
  private static final long CRASH_MILLIS = 300;
  private static final long SILENCE_MILLIS = 3_000;
  private static final long MERGE_MILLIS = 5_000;
  private static final long LIMIT_MILLIS = 3_000;

  final ManualClock clock = new ManualClock(1_000_000);
  final ManualScheduler scheduler = new ManualScheduler(clock);
  final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();

  /** Every grant: key and term, with the node it went to. */
  final Map<String, String> grants = new TreeMap<>();

  /** By how much wall clocks are wrong, in milliseconds by node. */
  final Map<String, Long> clockErrors = new HashMap<>();

  /** Whether the machine of a killed node can be asked. */
  boolean goneForCertain;

  private final Map<String, LeaseRecord> leases = new HashMap<>();
  private final int quorum;

  SimulatedCluster(int quorum) {
    this.quorum = quorum;
  }

  SimulatedNode join(String id) {
    SimulatedNode node = new SimulatedNode(id);
    nodes.put(id, node);
    node.core.start();
    node.owned = node.core.own(node.owner);
    return node;
  }

  void run(long millis) {
    scheduler.advance(Duration.ofMillis(millis));
  }

  /** A node on the simulated network. */
  final class SimulatedNode {
    final String id;
    final RecordingOwner owner;
    final ClusterCore core;
    Future<Void> owned = Future.succeededFuture();
    boolean killed;
    boolean cut;
    boolean frozen;
    boolean apart;
    boolean leaving;

    /** Whether the leases cannot be read or changed from here, although others are heard. */
    boolean barred;

    private Map<String, LeaseRecord> ownLeases = Map.of();
    private final List<Runnable> backlog = new ArrayList<>();
    private int silence;

    private SimulatedNode(String id) {
      this.id = id;
      this.owner = new RecordingOwner(SimulatedCluster.this, this);
      Loop loop = new Loop(
          task -> later(0, task),
          (delay, task) -> scheduler.after(delay, () -> here(task)),
          () -> clock.millis() * 1_000_000);
      this.core = new ClusterCore(
          seen(id),
          quorum,
          loop,
          new ClusterCore.Outside(
              this::view,
              new Wire(),
              new Store(),
              () -> {},
              new ClusterMeters(new SimpleMeterRegistry())));
    }

    /** Runs a task in the process of this node: not if it is dead, later if it is frozen. */
    void here(Runnable task) {
      if (frozen) {
        backlog.add(task);
      } else if (!killed) {
        task.run();
      }
    }

    void later(long millis, Runnable task) {
      scheduler.after(Duration.ofMillis(millis), () -> here(task));
    }

    boolean isAlive() {
      return !killed;
    }

    boolean acts(int shard) {
      return !killed && !frozen && owner.terms.containsKey(shard) && !core.isFenced();
    }

    void kill() {
      killed = true;
      core.stop();
      scheduler.after(Duration.ofMillis(CRASH_MILLIS), () -> nodes.remove(id));
    }

    /** The process ends after it has left. */
    Future<Void> leave() {
      leaving = true;
      return core.leave().onSuccess(ignored -> {
        killed = true;
        core.stop();
        nodes.remove(id);
      });
    }

    void cut() {
      cut = true;
      fallSilent();
    }

    void freeze() {
      frozen = true;
      fallSilent();
    }

    private void fallSilent() {
      int now = ++silence;
      scheduler.after(Duration.ofMillis(SILENCE_MILLIS), () -> {
        if (silence == now && (cut || frozen) && !apart) {
          ownLeases = new HashMap<>(leases);
          apart = true;
        }
      });
    }

    void heal() {
      cut = false;
      recover();
    }

    void thaw() {
      frozen = false;
      List<Runnable> late = List.copyOf(backlog);
      backlog.clear();
      late.forEach(Runnable::run);
      recover();
    }

    private void recover() {
      int now = ++silence;
      scheduler.after(Duration.ofMillis(MERGE_MILLIS), () -> {
        if (silence == now && apart && !cut && !frozen && !killed) {
          ownLeases.forEach((key, record) -> leases.merge(key, record, LeaseRule::merged));
          apart = false;
          core.merged();
        }
      });
    }

    private List<Seen> view() {
      return apart ? List.of(seen(id)) : together().map(node -> seen(node.id)).toList();
    }

    private Set<String> members() {
      return view().stream().map(Seen::nodeId).collect(Collectors.toSet());
    }

    private boolean reaches(SimulatedNode other) {
      return !killed && !other.killed && !cut && !other.cut;
    }

    private final class Wire implements Peers {
      @Override
      public Future<Boolean> probe(String nodeId, boolean available) {
        return ask(nodeId, 1_000, node -> Future.succeededFuture(node.core.probed(id, available)));
      }

      @Override
      public Future<Boolean> echo(String nodeId) {
        return ask(nodeId, 2_500, node -> node.core.echoAsked(id));
      }

      @Override
      public Future<Boolean> askMove(String ownerNodeId, int shard) {
        return ask(ownerNodeId, 15_000, node -> node.core.moveAsked(id, shard));
      }

      @Override
      public Future<Boolean> isGone(String nodeId) {
        return Future.succeededFuture(goneForCertain && !nodes.containsKey(nodeId));
      }

      @Override
      public void tell(String nodeId, Lease lease) {
        ask(nodeId, 1_000, node -> {
          node.core.told(lease);
          return Future.succeededFuture(true);
        });
      }

      private Future<Boolean> ask(
          String nodeId, long limitMillis, Function<SimulatedNode, Future<Boolean>> call) {
        Promise<Boolean> promise = Promise.promise();
        later(limitMillis, () -> promise.tryFail("timeout"));
        Optional<SimulatedNode> peer = Optional.ofNullable(nodes.get(nodeId));
        peer.filter(SimulatedNode.this::reaches)
            .ifPresent(node -> node.later(
                DELAY_MILLIS,
                () -> call.apply(node).onSuccess(value -> {
                  if (reaches(node)) {
                    later(DELAY_MILLIS, () -> promise.tryComplete(value));
                  }
                })));
        return promise.future();
      }
    }

    private final class Store implements LeaseStore {
      @Override
      public Future<LeaseReply> ask(String key, LeaseAsk ask) {
        return answer(() -> {
          Map<String, LeaseRecord> map = apart ? ownLeases : leases;
          Set<String> members = members();
          Optional<LeaseRecord> before = Optional.ofNullable(map.get(key));
          LeaseRule.Outcome outcome = LeaseRule.apply(
              before, ask, new LeaseRule.View(members.size(), members::contains, wallOf(key)));
          if (outcome.status() == LeaseReply.Status.DONE) {
            map.put(key, outcome.after());
            noteGrant(key, before, outcome.after());
          }
          return new LeaseReply(outcome.status(), outcome.after());
        });
      }

      @Override
      public Future<Map<String, LeaseRecord>> all() {
        return answer(() -> Map.copyOf(apart ? ownLeases : leases));
      }

      /** The wall clock of the member that has the record, which is another one after every change of members. */
      private long wallOf(String key) {
        List<String> there = members().stream().sorted().toList();
        String node = there.get(Math.floorMod(key.hashCode(), there.size()));
        return clock.millis() + clockErrors.getOrDefault(node, 0L);
      }

      /** While any member is silent but not removed, calls hang and then fail. */
      private <T> Future<T> answer(Supplier<T> call) {
        Promise<T> promise = Promise.promise();
        boolean hangs = !apart && together().anyMatch(node -> node.cut || node.frozen);
        if (hangs || barred) {
          later(LIMIT_MILLIS, () -> promise.fail("timeout"));
        } else {
          T result = call.get();
          later(DELAY_MILLIS, () -> promise.complete(result));
        }
        return promise.future();
      }
    }
  }

  private Stream<SimulatedNode> together() {
    return nodes.values().stream().filter(node -> !node.apart);
  }

  private void noteGrant(String key, Optional<LeaseRecord> before, LeaseRecord after) {
    boolean grant = after.isHeld()
        && before.stream().noneMatch(record -> record.isHeld() && record.term() == after.term());
    if (grant) {
      String former = grants.put(key + '#' + after.term(), after.holder());
      if (former != null) {
        throw new AssertionError(key + " granted twice with term " + after.term());
      }
    }
  }

  /** Returns the nodes that act as owner of a shard now. */
  List<String> acting(int shard) {
    return nodes.values().stream()
        .filter(node -> node.acts(shard))
        .map(node -> node.id)
        .toList();
  }

  private static Seen seen(String id) {
    return new Seen(id, new HashSet<>(Set.of(Role.HUB)), true);
  }
}
