package io.candlehub.gateway.stream;

import io.candlehub.model.Instrument;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The streams of trades this gateway has clients for. A client that cannot keep up gets the newest trades when it can be
 * written again, and how many it missed.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class TradeStreams {
  private final StreamTable<Instrument, TradeStream> streams;

  TradeStreams(StreamParts parts, DemandLease demand) {
    this.streams = new StreamTable<>(
        parts.pace(),
        demand,
        parts.meters()::trades,
        (instrument, onEmpty) -> new TradeStream(instrument, parts, onEmpty));
  }

  /** Adds a client to an instrument's trades: it gets the last ones, if there are any, then all that come. */
  public <T> Joined<Void> join(Instrument instrument, Encoding<Trades, T> encoding, Sink<T> sink) {
    TradeStream stream = streams.of(instrument);
    Cursor<Trades, T> cursor = stream.join(encoding, sink);
    cursor.flush();
    return new Joined<>(cursor, stream.loaded());
  }

  /** Asks again for what the new owners of shards may tell differently. */
  void ownerChanged(Set<Integer> shards) {
    streams.ownerChanged(shards);
  }

  /** Does something with every stream. */
  void each(Consumer<SharedStream<?>> task) {
    streams.each(task::accept);
  }

  void closeAll() {
    streams.closeAll();
  }
}
