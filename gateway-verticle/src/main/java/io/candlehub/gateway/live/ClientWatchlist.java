package io.candlehub.gateway.live;

import io.candlehub.gateway.socketio.Ack;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.candlehub.gateway.stream.HubCards;
import io.candlehub.gateway.watch.WatchCard;
import io.candlehub.gateway.watch.Watchlists;
import io.candlehub.model.Instrument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The watchlist of one client. What it could not be written it gets in its newest form when it can. Confined to the
 * gateway's event loop.
 */
final class ClientWatchlist {
  private final SocketIoSocket socket;
  private final Watchlists<JsonObject, JsonObject> lists;
  private final ClientSnapshot snapshot;
  private final Map<Instrument, JsonObject> unwritten = new LinkedHashMap<>();

  ClientWatchlist(
      SocketIoSocket socket, Watchlists<JsonObject, JsonObject> lists, ClientSnapshot snapshot) {
    this.socket = socket;
    this.lists = lists;
    this.snapshot = snapshot;
  }

  /** Sets the tickers in place of those before; none ends the watching. */
  void set(List<Object> values, Ack ack) {
    Set<Instrument> tickers = Arguments.of(values).tickers();
    lists.set(socket.id(), tickers, this::take).ifPresent(failure -> {
      throw failure.because("too many tickers are watched");
    });
    unwritten.keySet().retainAll(tickers);
    snapshot.watched(tickers);
    JsonObject answer = new JsonObject().put("ok", true);
    ack.send(tickers.isEmpty() ? answer : answer.put("state", "polling"));
  }

  private void take(List<WatchCard<JsonObject, JsonObject>> cards) {
    for (WatchCard<JsonObject, JsonObject> card : cards) {
      JsonObject json = HubCards.json(card);
      unwritten.put(card.instrument(), json);
      snapshot.card(card.instrument(), json);
    }
    flush();
  }

  void flush() {
    if (!unwritten.isEmpty() && socket.writable()) {
      JsonArray cards = new JsonArray(List.copyOf(unwritten.values()));
      unwritten.clear();
      socket.emit("watchlist:update", new JsonObject().put("cards", cards));
    }
  }

  void close() {
    lists.leave(socket.id());
    unwritten.clear();
  }
}
