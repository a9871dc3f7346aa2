package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chart address with clients: its consumer, its replica and its cursors.
 *
 * <p>The consumer listens before the first snapshot is asked for, and what it hears meanwhile is applied on top, so
 * nothing falls between the two. A hole in what is published is closed by asking for what followed the replica's
 * position; meanwhile clients keep what they have. While the hub cannot be reached they keep it too and are told so.
 */
final class ChartStream implements Source<ChartMessage>, SharedStream {
  private static final Logger LOG = LoggerFactory.getLogger(ChartStream.class);
  private static final int MOST_HELD = 1_000;
  private static final String PENDING = "pending";
  private static final Duration SHORTEST_RETRY = Duration.ofMillis(250);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  private final StreamKey key;
  private final HubClient hub;
  private final Pace pace;
  private final StreamMeters meters;
  private final LongSupplier marketMillis;
  private final Fanout<ChartMessage> fanout;
  private final FanoutSubscription consumer;
  private final Deque<ChartUpdate> held = new ArrayDeque<>();
  private final Promise<Void> loaded = Promise.promise();
  private ChartReplica replica;
  private long version;
  private boolean asking;
  private boolean ended;
  private boolean heardSinceLoad;
  private boolean hubLost;
  private String demand = PENDING;
  private Duration retryDelay = SHORTEST_RETRY;

  ChartStream(
      StreamKey key,
      HubClient hub,
      Pace pace,
      StreamMeters meters,
      LongSupplier marketMillis,
      Runnable onEmpty) {
    this.key = key;
    this.hub = hub;
    this.pace = pace;
    this.meters = meters;
    this.marketMillis = marketMillis;
    this.fanout = new Fanout<>(this, pace, meters, onEmpty);
    this.consumer = hub.follow(Addresses.chart(key), this::heard);
  }

  @Override
  public String address() {
    return Addresses.chart(key);
  }

  @Override
  public Future<Void> open() {
    asking = true;
    consumer
        .completion()
        .recover(failure -> Future.failedFuture(FailureException.of(failure)))
        .compose(listening -> hub.replica(key))
        .onSuccess(answer -> {
          answered(answer);
          loaded.tryComplete();
        })
        .onFailure(loaded::tryFail);
    return loaded.future();
  }

  Future<Void> loaded() {
    return loaded.future();
  }

  <T> Cursor<ChartMessage, T> join(
      Encoding<ChartMessage, T> encoding, Sink<T> sink, Position since, double maxPerSecond) {
    return fanout.join(encoding, sink, since, maxPerSecond);
  }

  @Override
  public boolean isUnused() {
    return fanout.size() == 0;
  }

  @Override
  public void hubLost() {
    if (replica != null && !hubLost) {
      hubLost = true;
      replica.hubLost(true);
      version++;
      fanout.changed();
    }
  }

  @Override
  public void hubBack() {
    repair();
  }

  @Override
  public void end() {
    ended = true;
    fanout.end();
    held.clear();
    consumer
        .unregister()
        .onFailure(e -> LOG.warn("consumer not removed [stream: {}]", address(), e));
  }

  private void heard(FanoutMessage message) {
    ChartMessage heard;
    try {
      heard = ChartJsonReader.read(message.body());
    } catch (IllegalArgumentException e) {
      LOG.error("unreadable chart message [address: {}]", message.address(), e);
      repair();
      return;
    }
    if (ended) {
      return;
    }
    heardSinceLoad = replica != null;
    if (heard instanceof ChartUpdate update) {
      hold(update);
    } else if (heard instanceof ChartSnapshot && !asking) {
      repair();
    }
  }

  /** Applies an update, or keeps it until the answer that is awaited has been applied. */
  private void hold(ChartUpdate update) {
    if (asking) {
      if (held.size() == MOST_HELD) {
        held.removeFirst();
      }
      held.addLast(update);
    } else if (apply(update)) {
      fanout.changed();
    }
  }

  private boolean apply(ChartUpdate update) {
    ChartReplica.Outcome outcome = replica.apply(update, marketMillis.getAsLong());
    if (outcome == ChartReplica.Outcome.APPLIED) {
      version++;
    } else if (outcome == ChartReplica.Outcome.HOLE) {
      repair();
    }
    return outcome == ChartReplica.Outcome.APPLIED;
  }

  private void answered(ChartAnswer answer) {
    if (ended) {
      return;
    }
    demand = answer.demand();
    hubFound();
    if (wouldBlank(answer)) {
      keepBars(answer.message());
      return;
    }
    asking = false;
    retryDelay = SHORTEST_RETRY;
    if (answer.message() instanceof ChartSnapshot snapshot) {
      take(snapshot);
    } else if (answer.message() instanceof ChartUpdate update) {
      apply(update);
    }
    while (!held.isEmpty() && !asking) {
      apply(held.removeFirst());
    }
    fanout.changed();
  }

  /** A hub that has just started may not have loaded yet what the clients hold. */
  private boolean wouldBlank(ChartAnswer answer) {
    return replica != null
        && replica.size() > 0
        && answer.demand().equals(PENDING)
        && answer.message() instanceof ChartSnapshot snapshot
        && snapshot.bars().isEmpty();
  }

  private void keepBars(ChartMessage empty) {
    if (!replica.health().sameVerdict(empty.health())) {
      replica.describe(empty, marketMillis.getAsLong());
      version++;
    }
    fanout.changed();
    askLater();
  }

  private void hubFound() {
    if (hubLost) {
      hubLost = false;
      replica.hubLost(false);
      version++;
    }
  }

  private void take(ChartSnapshot snapshot) {
    if (replica == null) {
      replica = new ChartReplica(snapshot, marketMillis.getAsLong());
    } else {
      replica.replace(snapshot, marketMillis.getAsLong());
    }
    version++;
  }

  private void repair() {
    if (asking || ended || replica == null) {
      return;
    }
    asking = true;
    meters.repaired();
    ask();
  }

  private void ask() {
    if (ended) {
      return;
    }
    hub.replicaSince(key, replica.head()).onSuccess(this::answered).onFailure(failure -> {
      LOG.warn("hole not closed yet [stream: {}, cause: {}]", address(), failure.getMessage());
      askLater();
    });
  }

  private void askLater() {
    pace.scheduler().after(retryDelay, this::ask);
    Duration doubled = retryDelay.multipliedBy(2);
    retryDelay = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
  }

  /** Returns how the stream is fed, in the words of an acknowledgement (contract §4). */
  String state() {
    if (hubLost) {
      return PENDING;
    }
    Health health = replica.health();
    if (health.state().equals("closed")) {
      return "closed";
    }
    if (health.source() == HealthSource.REST) {
      return "polling";
    }
    if (demand.equals("live") || (heardSinceLoad && health.mode() != HealthMode.DEGRADED)) {
      return "live";
    }
    return demand;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Position head() {
    return replica.head();
  }

  @Override
  public boolean continues(Position position) {
    return replica.continues(position);
  }

  @Override
  public ChartMessage snapshot() {
    return replica.snapshot(marketMillis.getAsLong());
  }

  @Override
  public ChartMessage after(Position position) {
    return replica.after(position.seq(), marketMillis.getAsLong());
  }
}
