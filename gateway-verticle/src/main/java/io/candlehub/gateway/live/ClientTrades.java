package io.candlehub.gateway.live;

import io.candlehub.gateway.stream.Joined;
import io.candlehub.gateway.stream.TradeStreams;
import io.candlehub.model.Instrument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols whose trades one client gets: those of its quotes, but for indices, which are not traded, and for what it
 * wants no trades of. Where trades cannot be had there are none; the quotes are not affected. Confined to the gateway's
 * event loop.
 */
final class ClientTrades {
  private final SocketSink sink;
  private final TradeStreams streams;
  private final Map<Instrument, Joined<Void>> joined = new HashMap<>();

  ClientTrades(SocketSink sink, TradeStreams streams) {
    this.sink = sink;
    this.streams = streams;
  }

  void follow(Instrument instrument) {
    if (!instrument.assetClass().isTraded() || joined.containsKey(instrument)) {
      return;
    }
    Joined<Void> place = streams.join(instrument, JsonEvent.TRADES, sink);
    joined.put(instrument, place);
    place.answer().onFailure(refused -> {
      joined.remove(instrument, place);
      place.cursor().close();
    });
  }

  void leave(Instrument instrument) {
    Joined<Void> place = joined.remove(instrument);
    if (place != null) {
      place.cursor().close();
    }
  }

  void flush() {
    List.copyOf(joined.values()).forEach(place -> place.cursor().flush());
  }

  void close() {
    joined.values().forEach(place -> place.cursor().close());
    joined.clear();
  }
}
