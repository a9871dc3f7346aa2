package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest trades of one instrument and the cursors of the clients that watch them. What is heard before the hub has
 * told the last trades is applied on top of them.
 */
final class TradeStream extends SharedStream<Trades> implements Source<Trades> {
  private static final Logger LOG = LoggerFactory.getLogger(TradeStream.class);
  private static final String COUNT = "count";
  private static final int MOST_HELD = 256;
  private static final int ASKED = 100;

  private final Instrument instrument;
  private final TradeRing ring = new TradeRing();
  private final Fanout<Trades> fanout;
  private final Unanswered<FanoutMessage> held = new Unanswered<>(MOST_HELD);
  private long version;
  private boolean asking;

  TradeStream(Instrument instrument, StreamParts parts, Runnable onEmpty) {
    super(Addresses.trades(instrument), Addresses.trades(instrument), instrument, parts);
    this.instrument = instrument;
    this.fanout = new Fanout<>(this, parts.pace(), parts.meters(), onEmpty);
  }

  @Override
  Fanout<Trades> fanout() {
    return fanout;
  }

  /** Asks for the last trades. A known instrument without one yet is no failure. */
  @Override
  Future<Void> open() {
    asking = true;
    listening()
        .compose(listening -> parts().hub().firstTrades(instrument, ASKED))
        .onSuccess(this::answered)
        .onFailure(failure -> {
          FailureException known = FailureException.of(failure);
          if (known.code() == Failure.NO_DATA) {
            takeHeld();
            loading().tryComplete();
          } else {
            loading().tryFail(known);
          }
        });
    return loaded();
  }

  <T> Cursor<Trades, T> join(Encoding<Trades, T> encoding, Sink<T> sink) {
    return fanout.join(encoding, sink, Position.START, 0);
  }

  private void answered(HubClient.Told answer) {
    if (!isEnded() && !parts().terms().isCutOff()) {
      certain();
      take(answer.body(), answer.term());
    }
    takeHeld();
    loading().tryComplete();
  }

  /** Takes what was heard while the hub was asked. */
  private void takeHeld() {
    asking = false;
    while (!held.isEmpty()) {
      take(held.next());
    }
    fanout.changed();
  }

  @Override
  void heard(FanoutMessage message, long heardNanos) {
    if (asking) {
      held.add(message);
      return;
    }
    certain();
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

  /** A trade says when it was made, so its age speaks for itself. */
  @Override
  void interrupted(String reason) {}

  @Override
  void repair() {
    if (asking || isEnded()) {
      return;
    }
    asking = true;
    parts().meters().repaired();
    parts()
        .repairs()
        .ask(() -> parts().hub().tradesTold(instrument, ASKED).onComplete(done -> {
          if (done.succeeded()) {
            answered(done.result());
          } else {
            LOG.debug("no trades yet [address: {}, cause: {}]", address(), done.cause());
            takeHeld();
          }
        }));
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
