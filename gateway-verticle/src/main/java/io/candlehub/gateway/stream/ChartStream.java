package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.bus.StreamPositions;
import io.candlehub.cluster.Shards;
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
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chart address with clients: its consumer, its replica and its cursors.
 *
 * <p>The consumer listens before the first snapshot is asked for, and what it hears meanwhile is applied on top, so
 * nothing falls between the two. A hole in what is published is closed by asking for what followed the replica's
 * position; meanwhile clients keep what they have. While nothing comes they keep it too and are told why.
 */
final class ChartStream implements Source<ChartMessage>, SharedStream {
  private static final Logger LOG = LoggerFactory.getLogger(ChartStream.class);
  private static final int MOST_HELD = 1_000;
  private static final String PENDING = "pending";

  private static final Duration SHORTEST_RETRY = Duration.ofMillis(250);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

  private final StreamKey key;
  private final int shard;
  private final StreamParts parts;
  private final HubClient hub;
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
  private long heard;
  private boolean interrupted;
  private boolean doubted;
  private String demand = PENDING;
  private Duration retryDelay = SHORTEST_RETRY;

  ChartStream(StreamKey key, StreamParts parts, LongSupplier marketMillis, Runnable onEmpty) {
    this.key = key;
    this.shard = Shards.of(key.instrument());
    this.parts = parts;
    this.hub = parts.hub();
    this.marketMillis = marketMillis;
    this.fanout = new Fanout<>(this, parts.pace(), parts.meters(), onEmpty);
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
        .compose(this::believed)
        .onSuccess(answer -> {
          answered(answer);
          loaded.tryComplete();
        })
        .onFailure(loaded::tryFail);
    return loaded.future();
  }

  /** An answer of a former owner is none; nothing else can be had for now. */
  private Future<ChartAnswer> believed(ChartAnswer answer) {
    boolean old = answer.term().isEmpty()
        ? parts.terms().isCutOff()
        : !parts.terms().accepts(shard, answer.term());
    return old
        ? Future.failedFuture(Failure.UNAVAILABLE.because("the chart is not to be had for now"))
        : Future.succeededFuture(answer);
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
  public void interrupted(String reason) {
    if (replica != null) {
      interrupted = true;
      replica.interrupted(reason);
      version++;
      fanout.changed();
    }
  }

  /** Takes note that the stream is continuous, which ends an interruption if its cause is over. */
  private boolean current() {
    doubted = false;
    boolean over = interrupted && parts.interruptions().reason().isEmpty();
    if (over) {
      interrupted = false;
      replica.interrupted("");
      version++;
    }
    return over;
  }

  @Override
  public void doubt() {
    doubted = true;
  }

  @Override
  public void settle() {
    if (doubted) {
      repair();
    }
  }

  /** Compares with where the owner says that the stream is; returns it if it is not there, or if that is not known yet. */
  Optional<PositionCheck.Behind> told(StreamPositions.Chart position) {
    if (ended || !parts.terms().accepts(shard, position.term())) {
      return Optional.empty();
    }
    if (asking || replica == null) {
      return Optional.of(() -> false);
    }
    if (isAt(position)) {
      if (current()) {
        fanout.changed();
      }
      return Optional.empty();
    }
    long before = heard;
    return Optional.of(() -> hasCome(position, before));
  }

  private boolean hasCome(StreamPositions.Chart position, long heardBefore) {
    boolean isThere = isAt(position);
    boolean behind =
        replica.head().epoch().equals(position.epoch()) && replica.head().seq() < position.seq();
    if (behind || (heard == heardBefore && !isThere)) {
      repair();
    }
    return isThere;
  }

  private boolean isAt(StreamPositions.Chart position) {
    return replica.head().epoch().equals(position.epoch())
        && replica.head().seq() >= position.seq()
        && (position.verdict() == 0 || position.verdict() == replica.health().verdictCode());
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
    long heardNanos = parts.pace().nanoClock().getAsLong();
    if (ended || !parts.terms().accepts(shard, message.headers().get("term"))) {
      return;
    }
    heard++;
    heardSinceLoad = replica != null;
    ChartMessage content;
    try {
      content = ChartJsonReader.read(message.body());
    } catch (IllegalArgumentException e) {
      LOG.error("unreadable chart message [address: {}]", message.address(), e);
      repair();
      return;
    }
    if (content instanceof ChartUpdate update) {
      hold(update, heardNanos);
    } else if (content instanceof ChartSnapshot && !asking) {
      repair();
    }
  }

  /** Applies an update, or keeps it until the answer that is awaited has been applied. */
  private void hold(ChartUpdate update, long heardNanos) {
    if (asking) {
      if (held.size() == MOST_HELD) {
        held.removeFirst();
      }
      held.addLast(update);
    } else if (apply(update)) {
      fanout.changed(heardNanos);
    }
  }

  private boolean apply(ChartUpdate update) {
    ChartReplica.Outcome outcome = replica.apply(update, marketMillis.getAsLong());
    if (outcome == ChartReplica.Outcome.APPLIED) {
      version++;
      current();
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
    if (!asking) {
      current();
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
    current();
    fanout.changed();
    askLater();
  }

  private void take(ChartSnapshot snapshot) {
    if (replica == null) {
      replica = new ChartReplica(snapshot, marketMillis.getAsLong());
    } else {
      replica.replace(snapshot, marketMillis.getAsLong());
    }
    version++;
    String reason = parts.interruptions().reason();
    interrupted = !reason.isEmpty();
    replica.interrupted(reason);
  }

  private void repair() {
    if (asking || ended || replica == null) {
      return;
    }
    asking = true;
    parts.meters().repaired();
    ask();
  }

  private void ask() {
    if (ended) {
      return;
    }
    parts.repairs().ask(() -> {
      if (ended) {
        return Future.succeededFuture();
      }
      return hub.replicaSince(key, replica.head())
          .compose(this::believed)
          .onSuccess(this::answered)
          .onFailure(failure -> {
            LOG.warn(
                "hole not closed yet [stream: {}, cause: {}]", address(), failure.getMessage());
            askLater();
          });
    });
  }

  private void askLater() {
    parts.pace().scheduler().after(retryDelay, this::ask);
    Duration doubled = retryDelay.multipliedBy(2);
    retryDelay = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
  }

  /** Returns how the stream is fed, in the words of an acknowledgement (contract §4). */
  String state() {
    if (interrupted) {
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
