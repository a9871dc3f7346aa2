package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One expiration of a chain with clients: its consumer, its replica and its cursors. Without a date it is the nearest
 * one, and the next one after that has expired.
 *
 * <p>What is heard while the hub is asked is applied on top of its answer.
 */
final class ChainStream implements Source<ChainMessage>, SharedStream {
  private static final Logger LOG = LoggerFactory.getLogger(ChainStream.class);
  private static final int MOST_HELD = 256;

  /** What updates do not tell, such as the spot, is not older than this for a client that comes. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final ChainFocus focus;
  private final int shard;
  private final StreamParts parts;
  private final LongSupplier marketMillis;
  private final Fanout<ChainMessage> fanout;
  private final FanoutSubscription consumer;
  private final List<JsonObject> held = new ArrayList<>();
  private final Promise<Void> loaded = Promise.promise();
  private ChainReplica replica;
  private long version;
  private long mergedNanos;
  private boolean asking;
  private boolean doubted;
  private boolean ended;

  ChainStream(ChainFocus focus, StreamParts parts, LongSupplier marketMillis, Runnable onEmpty) {
    this.focus = focus;
    this.shard = Shards.of(focus.underlying());
    this.parts = parts;
    this.marketMillis = marketMillis;
    this.fanout = new Fanout<>(this, parts.pace(), parts.meters(), onEmpty);
    this.consumer = parts.hub().follow(Addresses.chain(focus.underlying()), this::heard);
  }

  @Override
  public String address() {
    return Addresses.chainFocus(focus);
  }

  @Override
  public Future<Void> open() {
    asking = true;
    consumer
        .completion()
        .compose(listening -> ask())
        .onSuccess(answered -> loaded.tryComplete())
        .onFailure(failure -> loaded.tryFail(FailureException.of(failure)));
    return loaded.future();
  }

  Future<Void> loaded() {
    return loaded.future();
  }

  /** Adds a client; what only an answer tells is asked for again if it is old. */
  <T> Cursor<ChainMessage, T> join(Encoding<ChainMessage, T> encoding, Sink<T> sink) {
    boolean old =
        parts.pace().nanoClock().getAsLong() - mergedNanos > FRESH.toNanos() && version > 0;
    Cursor<ChainMessage, T> cursor = fanout.join(encoding, sink, Position.START, 0);
    if (old) {
      repair();
    }
    return cursor;
  }

  /** Asks for the chain and takes it, with what was heard meanwhile on top. */
  private Future<Void> ask() {
    return date()
        .compose(date -> parts
            .hub()
            .chain(new JsonObject()
                .put("underlying", focus.underlying().symbol())
                .put("expiration", date.toString()))
            .compose(this::believed)
            .<Void>map(answer -> {
              take(date, answer);
              return null;
            }))
        .onComplete(done -> takeHeld());
  }

  private void takeHeld() {
    asking = false;
    boolean anything = false;
    for (JsonObject update : held) {
      anything |= apply(update);
    }
    held.clear();
    changed(anything, parts.pace().nanoClock().getAsLong());
  }

  /** Returns the date of the focus, else the first that has not passed. */
  private Future<LocalDate> date() {
    if (!focus.expiration().isEmpty()) {
      return Future.succeededFuture(focus.expiration().get(0));
    }
    return parts.hub().expirations(focus.underlying()).map(json -> {
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

  private Future<HubClient.Told> believed(HubClient.Told answer) {
    boolean old = answer.term().isEmpty()
        ? parts.terms().isCutOff()
        : !parts.terms().accepts(shard, answer.term());
    return old
        ? Future.failedFuture(Failure.UNAVAILABLE.because("the chain is not to be had for now"))
        : Future.succeededFuture(answer);
  }

  private void take(LocalDate date, HubClient.Told answer) {
    if (ended) {
      return;
    }
    doubted = false;
    mergedNanos = parts.pace().nanoClock().getAsLong();
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
  }

  private void heard(FanoutMessage message) {
    if (ended || !parts.terms().accepts(shard, message.headers().get("term"))) {
      return;
    }
    JsonObject update;
    try {
      update = message.body().toJsonObject();
    } catch (DecodeException e) {
      LOG.error("unreadable chain [address: {}]", message.address(), e);
      repair();
      return;
    }
    if (asking) {
      hold(update);
    } else {
      changed(apply(update), parts.pace().nanoClock().getAsLong());
    }
    if (hasPassed(update)) {
      repair();
    }
  }

  private void hold(JsonObject update) {
    if (held.size() == MOST_HELD) {
      held.remove(0);
    }
    held.add(update);
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

  private void repair() {
    if (asking || ended || replica == null) {
      return;
    }
    asking = true;
    parts.meters().repaired();
    parts
        .repairs()
        .ask(() -> ask()
            .onFailure(failure ->
                LOG.warn("chain not asked for again [stream: {}, cause: {}]", address(), failure)));
  }

  int shard() {
    return shard;
  }

  /** Returns true if any of it is streamed. */
  boolean isLive() {
    return replica != null && replica.isLive();
  }

  /** Returns true if the expiration has a contract. */
  boolean has(Instrument contract) {
    return replica != null && replica.has(contract.symbol());
  }

  @Override
  public boolean isUnused() {
    return fanout.size() == 0;
  }

  /** Nothing is live while nothing comes. */
  @Override
  public void interrupted(String reason) {
    if (replica != null) {
      changed(replica.suspend(), parts.pace().nanoClock().getAsLong());
    }
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

  @Override
  public void end() {
    ended = true;
    held.clear();
    fanout.end();
    consumer
        .unregister()
        .onFailure(e -> LOG.warn("consumer not removed [stream: {}]", address(), e));
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
