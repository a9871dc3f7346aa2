package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One expiration of a chain with clients: its consumer, its replica and its cursors. Without a date it is the nearest
 * one, and the next one after that has expired.
 *
 * <p>What is heard while the hub is asked is applied on top of its answer.
 */
final class ChainStream extends SharedStream<ChainMessage> implements Source<ChainMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(ChainStream.class);
  private static final int MOST_HELD = 256;

  /** What updates do not tell, such as the spot, is not older than this for a client that comes. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final ChainFocus focus;
  private final LongSupplier marketMillis;
  private final Fanout<ChainMessage> fanout;
  private final Set<Promise<Boolean>> awaited = new LinkedHashSet<>();
  private final Unanswered<JsonObject> held = new Unanswered<>(MOST_HELD);
  private ChainReplica replica;
  private long version;
  private long mergedNanos;
  private boolean asking;

  ChainStream(ChainFocus focus, StreamParts parts, LongSupplier marketMillis, Runnable onEmpty) {
    super(
        Addresses.chainFocus(focus),
        Addresses.chain(focus.underlying()),
        focus.underlying(),
        parts);
    this.focus = focus;
    this.marketMillis = marketMillis;
    this.fanout = new Fanout<>(this, parts.pace(), parts.meters(), onEmpty);
  }

  @Override
  Fanout<ChainMessage> fanout() {
    return fanout;
  }

  /** What nobody waits for any more and is not there yet is given up at once; the hub then calls its question off. */
  @Override
  Duration linger() {
    return version > 0 ? super.linger() : Duration.ZERO;
  }

  @Override
  Future<Void> open() {
    asking = true;
    listening()
        .compose(listening -> ask())
        .onSuccess(answered -> loading().tryComplete())
        .onFailure(failure -> loading().tryFail(FailureException.of(failure)));
    return loaded();
  }

  /** Adds a client; what only an answer tells is asked for again if it is old. */
  <T> Cursor<ChainMessage, T> join(Encoding<ChainMessage, T> encoding, Sink<T> sink) {
    boolean old =
        parts().pace().nanoClock().getAsLong() - mergedNanos > FRESH.toNanos() && version > 0;
    Cursor<ChainMessage, T> cursor = fanout.join(encoding, sink, Position.START, 0);
    if (old) {
      repair();
    }
    return cursor;
  }

  /** Asks for the chain and takes it, with what was heard meanwhile on top. */
  private Future<Void> ask() {
    return date()
        .compose(date -> parts()
            .hub()
            .chain(new JsonObject()
                .put("underlying", focus.underlying().symbol())
                .put("expiration", date.toString())
                .put("replica", true))
            .compose(answer -> believed(answer, answer.term()))
            .<Void>map(answer -> {
              take(date, answer);
              return null;
            }))
        .onComplete(done -> takeHeld());
  }

  private void takeHeld() {
    if (isEnded()) {
      return;
    }
    asking = false;
    boolean anything = false;
    while (!held.isEmpty()) {
      anything |= apply(held.next());
    }
    changed(anything, parts().pace().nanoClock().getAsLong());
  }

  /** Returns the date of the focus, else the first that has not passed. */
  private Future<LocalDate> date() {
    if (!focus.expiration().isEmpty()) {
      return Future.succeededFuture(focus.expiration().get(0));
    }
    return parts().hub().expirations(focus.underlying()).map(json -> {
      JsonArray dates = json.getJsonArray("expirations", new JsonArray());
      return dates.stream()
          .filter(String.class::isInstance)
          .map(text -> parsed((String) text))
          .filter(date -> !date.isBefore(today()))
          .findFirst()
          .orElseThrow(() -> Failure.NO_DATA.because("there are no options on it"));
    });
  }

  private static LocalDate parsed(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return LocalDate.MIN;
    }
  }

  private LocalDate today() {
    long now = marketMillis.getAsLong();
    return now == 0 ? LocalDate.EPOCH : TradingCalendar.nyse().dateOf(now);
  }

  private void take(LocalDate date, HubClient.Told answer) {
    if (isEnded()) {
      return;
    }
    certain();
    mergedNanos = parts().pace().nanoClock().getAsLong();
    if (replica == null || !replica.expiration().equals(date)) {
      replica = new ChainReplica(focus.underlying().symbol(), date);
    }
    changed(replica.merge(answer.body()), mergedNanos);
  }

  private void changed(boolean anything, long heardNanos) {
    if (anything) {
      version++;
      fanout.changed(heardNanos);
    }
    if (!awaited.isEmpty() && isLive()) {
      List.copyOf(awaited).forEach(answer -> answer.tryComplete(true));
    }
  }

  /** Returns true as soon as any of it is streamed, or whether it is after some time. */
  Future<Boolean> live(Duration patience) {
    if (isLive()) {
      return Future.succeededFuture(true);
    }
    Promise<Boolean> answer = Promise.promise();
    awaited.add(answer);
    Scheduler.Cancellable end =
        parts().pace().scheduler().after(patience, () -> answer.tryComplete(isLive()));
    return answer.future().onComplete(answered -> {
      end.cancel();
      awaited.remove(answer);
    });
  }

  @Override
  void heard(FanoutMessage message, long heardNanos) {
    JsonObject update;
    try {
      update = message.body().toJsonObject();
    } catch (DecodeException e) {
      LOG.error("unreadable chain [address: {}]", message.address(), e);
      repair();
      return;
    }
    if (asking) {
      held.add(update);
    } else {
      changed(apply(update), heardNanos);
    }
    if (hasPassed(update)) {
      repair();
    }
  }

  private boolean apply(JsonObject update) {
    boolean ours =
        replica != null && replica.expiration().toString().equals(update.getValue("expiration"));
    if (ours) {
      replica.apply(update);
    }
    return ours;
  }

  /** Returns true if the nearest date was that of this stream, and is not any more. */
  private boolean hasPassed(JsonObject update) {
    return focus.expiration().isEmpty()
        && replica != null
        && replica.expiration().isBefore(today())
        && !replica.expiration().toString().equals(update.getValue("expiration"));
  }

  @Override
  void repair() {
    if (asking || isEnded() || replica == null) {
      return;
    }
    asking = true;
    parts().meters().repaired();
    parts()
        .repairs()
        .ask(() -> ask()
            .onFailure(failure ->
                LOG.warn("chain not asked for again [stream: {}, cause: {}]", address(), failure)));
  }

  /** Returns true if any of it is streamed. */
  boolean isLive() {
    return replica != null && replica.isLive();
  }

  /** Returns true if the expiration has a contract. */
  boolean has(Instrument contract) {
    return replica != null && replica.has(contract.symbol());
  }

  /** Nothing is live while nothing comes. */
  @Override
  void interrupted(String reason) {
    if (replica != null) {
      changed(replica.suspend(), parts().pace().nanoClock().getAsLong());
    }
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Position head() {
    return new Position(
        replica.expiration() + "/" + replica.head().epoch(), replica.head().seq());
  }

  @Override
  public boolean continues(Position position) {
    String prefix = replica.expiration() + "/";
    return position.epoch().startsWith(prefix)
        && replica.continues(
            new Position(position.epoch().substring(prefix.length()), position.seq()));
  }

  @Override
  public ChainMessage snapshot() {
    return replica.snapshot();
  }

  @Override
  public ChainMessage after(Position position) {
    return replica.after(position.seq());
  }
}
