package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest trades of one instrument and the cursors of the clients that watch them. What is heard before the hub has
 * told the last trades is applied on top of them.
 */
final class TradeStream implements Source<Trades>, SharedStream {
  private static final Logger LOG = LoggerFactory.getLogger(TradeStream.class);
  private static final String COUNT = "count";
  private static final int MOST_HELD = 256;
  private static final int ASKED = 100;

  private final Instrument instrument;
  private final int shard;
  private final StreamParts parts;
  private final TradeRing ring = new TradeRing();
  private final Fanout<Trades> fanout;
  private final FanoutSubscription consumer;
  private final Deque<FanoutMessage> held = new ArrayDeque<>();
  private final Promise<Void> loaded = Promise.promise();
  private long version;
  private boolean asking;
  private boolean doubted;
  private boolean ended;

  TradeStream(Instrument instrument, StreamParts parts, Runnable onEmpty) {
    this.instrument = instrument;
    this.shard = Shards.of(instrument);
    this.parts = parts;
    this.fanout = new Fanout<>(this, parts.pace(), parts.meters(), onEmpty);
    this.consumer = parts.hub().follow(Addresses.trades(instrument), this::heard);
  }

  @Override
  public String address() {
    return Addresses.trades(instrument);
  }

  /** Asks for the last trades. A known instrument without one yet is no failure. */
  @Override
  public Future<Void> open() {
    asking = true;
    consumer
        .completion()
        .compose(listening -> parts.hub().firstTrades(instrument, ASKED))
        .onSuccess(this::answered)
        .onFailure(failure -> {
          FailureException known = FailureException.of(failure);
          if (known.code() == Failure.NO_DATA) {
            takeHeld();
            loaded.tryComplete();
          } else {
            loaded.tryFail(known);
          }
        });
    return loaded.future();
  }

  Future<Void> loaded() {
    return loaded.future();
  }

  <T> Cursor<Trades, T> join(Encoding<Trades, T> encoding, Sink<T> sink) {
    return fanout.join(encoding, sink, Position.START, 0);
  }

  int shard() {
    return shard;
  }

  private void answered(HubClient.Told answer) {
    if (!ended && !parts.terms().isCutOff()) {
      doubted = false;
      take(answer.body(), answer.term());
    }
    takeHeld();
    loaded.tryComplete();
  }

  /** Takes what was heard while the hub was asked. */
  private void takeHeld() {
    asking = false;
    while (!held.isEmpty()) {
      take(held.removeFirst());
    }
    fanout.changed();
  }

  private void heard(FanoutMessage message) {
    long heardNanos = parts.pace().nanoClock().getAsLong();
    if (ended || !parts.terms().accepts(shard, message.headers().get("term"))) {
      return;
    }
    if (asking) {
      if (held.size() == MOST_HELD) {
        held.removeFirst();
      }
      held.addLast(message);
      return;
    }
    doubted = false;
    if (take(message)) {
      fanout.changed(heardNanos);
    }
  }

  private boolean take(FanoutMessage message) {
    String term = message.headers().get("term");
    try {
      return take(message.body().toJsonObject(), term == null ? "" : term);
    } catch (DecodeException e) {
      LOG.error("unreadable trades [address: {}]", message.address(), e);
      return false;
    }
  }

  private boolean take(JsonObject body, String term) {
    boolean anything = ring.take(body, term);
    if (anything) {
      version++;
    }
    return anything;
  }

  @Override
  public boolean isUnused() {
    return fanout.size() == 0;
  }

  /** A trade says when it was made, so its age speaks for itself. */
  @Override
  public void interrupted(String reason) {}

  @Override
  public void doubt() {
    doubted = true;
  }

  @Override
  public void settle() {
    if (!doubted || asking || ended) {
      return;
    }
    asking = true;
    parts.meters().repaired();
    parts
        .repairs()
        .ask(() -> parts.hub().tradesTold(instrument, ASKED).onComplete(done -> {
          if (done.succeeded()) {
            answered(done.result());
          } else {
            LOG.debug("no trades yet [address: {}, cause: {}]", address(), done.cause());
            takeHeld();
          }
        }));
  }

  @Override
  public void end() {
    ended = true;
    held.clear();
    fanout.end();
    consumer
        .unregister()
        .onFailure(e -> LOG.warn("consumer not removed [address: {}]", address(), e));
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Position head() {
    return new Position(COUNT, ring.count());
  }

  @Override
  public boolean continues(Position position) {
    return position.epoch().equals(COUNT);
  }

  @Override
  public Trades snapshot() {
    return ring.newest(instrument.symbol());
  }

  @Override
  public Trades after(Position position) {
    return ring.after(instrument.symbol(), position.seq());
  }
}
