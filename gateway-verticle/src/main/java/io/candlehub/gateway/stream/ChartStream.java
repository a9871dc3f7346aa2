package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.StreamPositions;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chart address with clients: its consumer, its replica and its cursors.
 *
 * <p>What is heard while the hub is asked is applied on top of its answer. A hole in what is published is closed by asking
 * for what followed the replica's position; meanwhile clients keep what they have. While nothing comes they keep it too and
 * are told why.
 */
final class ChartStream extends SharedStream<ChartMessage> implements Source<ChartMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(ChartStream.class);
  private static final int MOST_HELD = 1_000;
  private static final String PENDING = "pending";

  private static final Duration SHORTEST_RETRY = Duration.ofMillis(250);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

  private final StreamKey key;
  private final HubClient hub;
  private final LongSupplier marketMillis;
  private final Fanout<ChartMessage> fanout;
  private final Unanswered<ChartUpdate> held = new Unanswered<>(MOST_HELD);
  private ChartReplica replica;
  private long version;
  private boolean asking;
  private boolean heardSinceLoad;
  private long heard;
  private boolean interrupted;
  private String demand = PENDING;
  private Duration retryDelay = SHORTEST_RETRY;

  ChartStream(StreamKey key, StreamParts parts, LongSupplier marketMillis, Runnable onEmpty) {
    super(Addresses.chart(key), Addresses.chart(key), key.instrument(), parts);
    this.key = key;
    this.hub = parts.hub();
    this.marketMillis = marketMillis;
    this.fanout = new Fanout<>(this, parts.pace(), parts.meters(), onEmpty);
  }

  @Override
  Fanout<ChartMessage> fanout() {
    return fanout;
  }

  @Override
  Future<Void> open() {
    asking = true;
    listening()
        .recover(failure -> Future.failedFuture(FailureException.of(failure)))
        .compose(listening -> hub.replica(key))
        .compose(answer -> believed(answer, answer.term()))
        .onSuccess(answer -> {
          answered(answer);
          loading().tryComplete();
        })
        .onFailure(loading()::tryFail);
    return loaded();
  }

  <T> Cursor<ChartMessage, T> join(
      Encoding<ChartMessage, T> encoding, Sink<T> sink, Position since, double maxPerSecond) {
    return fanout.join(encoding, sink, since, maxPerSecond);
  }

  @Override
  void interrupted(String reason) {
    if (replica != null) {
      interrupted = true;
      replica.interrupted(reason);
      version++;
      fanout.changed();
    }
  }

  /** Takes note that the stream is continuous, which ends an interruption if its cause is over. */
  private boolean current() {
    certain();
    boolean over = interrupted && parts().interruptions().reason().isEmpty();
    if (over) {
      interrupted = false;
      replica.interrupted("");
      version++;
    }
    return over;
  }

  /** Compares with where the owner says that the stream is; returns it if it is not there, or if that is not known yet. */
  Optional<PositionCheck.Behind> told(StreamPositions.Chart position) {
    if (!believes(position.term())) {
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
  void heard(FanoutMessage message, long heardNanos) {
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
      held.add(update);
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
    if (isEnded()) {
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
      apply(held.next());
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
    String reason = parts().interruptions().reason();
    interrupted = !reason.isEmpty();
    replica.interrupted(reason);
  }

  @Override
  void repair() {
    if (asking || isEnded() || replica == null) {
      return;
    }
    asking = true;
    parts().meters().repaired();
    ask();
  }

  private void ask() {
    if (isEnded()) {
      return;
    }
    parts().repairs().ask(() -> {
      if (isEnded()) {
        return Future.succeededFuture();
      }
      return hub.replicaSince(key, replica.head())
          .compose(answer -> believed(answer, answer.term()))
          .onSuccess(this::answered)
          .onFailure(failure -> {
            LOG.warn(
                "hole not closed yet [stream: {}, cause: {}]", address(), failure.getMessage());
            askLater();
          });
    });
  }

  private void askLater() {
    parts().pace().scheduler().after(retryDelay, this::ask);
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
