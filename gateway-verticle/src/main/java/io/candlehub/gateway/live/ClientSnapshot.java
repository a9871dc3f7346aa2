package io.candlehub.gateway.live;

import io.candlehub.gateway.socketio.Ack;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.candlehub.gateway.stream.Encoded;
import io.candlehub.gateway.stream.Encoding;
import io.candlehub.gateway.stream.Sink;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.stream.Subscription;
import io.candlehub.gateway.watch.Snapshot;
import io.candlehub.gateway.watch.SnapshotBoard;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one client shows as one message, at most every {@value #WINDOW_MILLIS} ms: the quotes of its live symbols and the
 * cards of its watchlist. It opens no streams. Confined to the gateway's event loop.
 */
final class ClientSnapshot {
  private static final int WINDOW_MILLIS = 100;
  private static final String QUOTE = "quote";
  private static final String CARD = "card";

  /** A quote's values, read once for all clients. */
  private static final Encoding<Buffer, JsonObject> VALUES =
      json -> new Encoded<>(json.toJsonObject(), json.length());

  private final SocketIoSocket socket;
  private final Streams streams;
  private final Scheduler scheduler;
  private final Set<Instrument> live = new LinkedHashSet<>();
  private final Map<Instrument, JsonObject> cards = new LinkedHashMap<>();
  private final Map<Instrument, JsonObject> quotes = new HashMap<>();
  private final Map<Instrument, Subscription> followed = new HashMap<>();
  private Optional<SnapshotBoard<JsonObject>> board = Optional.empty();

  ClientSnapshot(SocketIoSocket socket, Streams streams, Scheduler scheduler) {
    this.socket = socket;
    this.streams = streams;
    this.scheduler = scheduler;
  }

  /** Begins to send; beginning again does nothing. */
  void subscribe(List<Object> values, Ack ack) {
    Arguments.none(values);
    if (board.isEmpty()) {
      board = Optional.of(new SnapshotBoard<>(
          scheduler, Duration.ofMillis(WINDOW_MILLIS), socket::writable, this::write));
      live.forEach(this::follow);
      cards.keySet().forEach(this::show);
    }
    String state = streams.status().isClosed() ? "closed" : "live";
    ack.send(new JsonObject().put("ok", true).put("state", state));
  }

  /** Ends it; ending what has not begun is no fault. */
  void unsubscribe(List<Object> values, Ack ack) {
    Arguments.optional(values);
    end();
    ack.send(new JsonObject().put("ok", true));
  }

  /** Takes note that the client gets a symbol's quotes. */
  void added(Instrument instrument) {
    if (live.add(instrument) && board.isPresent()) {
      follow(instrument);
    }
  }

  /** Takes note that the client gets a symbol's quotes no more. */
  void dropped(Instrument instrument) {
    if (live.remove(instrument)) {
      Subscription place = followed.remove(instrument);
      if (place != null) {
        place.close();
      }
      quotes.remove(instrument);
      show(instrument);
    }
  }

  /** Takes the newest card of a ticker of the client's watchlist. */
  void card(Instrument instrument, JsonObject card) {
    cards.put(instrument, card);
    show(instrument);
  }

  /** Takes note which tickers the watchlist has. */
  void watched(Set<Instrument> tickers) {
    for (Instrument instrument : Set.copyOf(cards.keySet())) {
      if (!tickers.contains(instrument)) {
        cards.remove(instrument);
        show(instrument);
      }
    }
  }

  private void follow(Instrument instrument) {
    Subscription place = streams
        .quotes()
        .join(instrument, VALUES, new Sink<JsonObject>() {
          @Override
          public boolean writable() {
            return true;
          }

          @Override
          public void write(JsonObject quote) {
            quotes.put(instrument, quote);
            show(instrument);
          }
        })
        .cursor();
    followed.put(instrument, place);
  }

  private void show(Instrument instrument) {
    JsonObject value = new JsonObject().put("symbol", instrument.symbol());
    if (quotes.containsKey(instrument)) {
      value.put(QUOTE, quotes.get(instrument));
    }
    if (cards.containsKey(instrument)) {
      value.put(CARD, cards.get(instrument));
    }
    board.ifPresent(shown -> {
      if (value.size() > 1) {
        shown.put(instrument, value);
      } else {
        shown.remove(instrument);
      }
    });
  }

  private void write(Snapshot<JsonObject> snapshot) {
    JsonArray removed = new JsonArray();
    snapshot.removed().forEach(instrument -> removed.add(instrument.symbol()));
    socket.emit(
        "market:snapshot",
        new JsonObject()
            .put("number", snapshot.number())
            .put("full", snapshot.full())
            .put("values", new JsonArray(List.copyOf(snapshot.values().values())))
            .put("removed", removed)
            .put("conflated", snapshot.conflated()));
  }

  void flush() {
    board.ifPresent(SnapshotBoard::flush);
  }

  private void end() {
    board.ifPresent(SnapshotBoard::close);
    board = Optional.empty();
    followed.values().forEach(Subscription::close);
    followed.clear();
    quotes.clear();
  }

  void close() {
    end();
    live.clear();
    cards.clear();
  }
}
