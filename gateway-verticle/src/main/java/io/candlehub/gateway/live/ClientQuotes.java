package io.candlehub.gateway.live;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.socketio.Ack;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.candlehub.gateway.stream.Joined;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The symbols whose quotes one client gets, and with them their trades. Confined to the gateway's event loop. */
final class ClientQuotes {
  private final SocketIoSocket socket;
  private final SocketSink sink;
  private final Streams streams;
  private final Scheduler scheduler;
  private final ClientTrades trades;
  private final ClientSnapshot snapshot;
  private final int mostSymbols;
  private final Map<Instrument, Joined<Boolean>> joined = new LinkedHashMap<>();

  ClientQuotes(
      SocketIoSocket socket,
      SocketSink sink,
      Streams streams,
      Scheduler scheduler,
      ClientTrades trades,
      ClientSnapshot snapshot,
      int mostSymbols) {
    this.socket = socket;
    this.sink = sink;
    this.streams = streams;
    this.scheduler = scheduler;
    this.trades = trades;
    this.snapshot = snapshot;
    this.mostSymbols = mostSymbols;
  }

  /**
   * Adds symbols. All or none are taken as far as the limit goes; symbols that the hub refuses are named one by one, and
   * the answer is a refusal only if none is left. It is quiet if none of them has a quote that is not old. Whether trades
   * come too is as the last event that names a symbol says.
   */
  void subscribe(List<Object> values, Ack ack) {
    Arguments arguments = Arguments.of(values);
    List<Instrument> wanted = arguments.instruments();
    boolean withTrades = arguments.trades();
    checkLimit(wanted);
    Answer answer = new Answer(ack, scheduler);
    List<Future<Boolean>> answers = new ArrayList<>();
    JsonArray refusals = new JsonArray();
    for (Instrument instrument : wanted) {
      Joined<Boolean> place = join(instrument, withTrades);
      answers.add(place.answer().onFailure(failure -> {
        refusals.add(refused(instrument, failure));
        drop(instrument, place);
      }));
    }
    Future.join(answers).onComplete(done -> {
      if (refusals.size() == wanted.size()) {
        answer.give(new JsonObject()
            .put("ok", false)
            .put("error", refusals.getJsonObject(0).getJsonObject("error")));
        return;
      }
      JsonObject accepted = new JsonObject().put("ok", true).put("state", state(answers));
      answer.give(refusals.isEmpty() ? accepted : accepted.put("refused", refusals));
    });
  }

  /** There may be so many symbols of each class of assets. */
  private void checkLimit(List<Instrument> wanted) {
    Map<AssetClass, Long> after = Stream.concat(joined.keySet().stream(), wanted.stream())
        .distinct()
        .collect(Collectors.groupingBy(Instrument::assetClass, Collectors.counting()));
    if (after.values().stream().anyMatch(count -> count > mostSymbols)) {
      throw Failure.LIMIT_EXCEEDED.because(
          "at most " + mostSymbols + " live symbols of a class per client");
    }
  }

  private String state(List<Future<Boolean>> answers) {
    if (streams.status().isClosed()) {
      return "closed";
    }
    boolean live = answers.stream().anyMatch(it -> it.succeeded() && it.result());
    return live ? "live" : "quiet";
  }

  private Joined<Boolean> join(Instrument instrument, boolean withTrades) {
    Joined<Boolean> known = joined.get(instrument);
    Joined<Boolean> place = known == null ? added(instrument) : known;
    if (withTrades) {
      trades.follow(instrument);
    } else {
      trades.leave(instrument);
    }
    return place;
  }

  private Joined<Boolean> added(Instrument instrument) {
    Joined<Boolean> place = streams.quotes().join(instrument, JsonEvent.QUOTE, sink);
    joined.put(instrument, place);
    snapshot.added(instrument);
    return place;
  }

  private void drop(Instrument instrument, Joined<Boolean> place) {
    if (joined.remove(instrument, place)) {
      place.cursor().close();
      trades.leave(instrument);
      snapshot.dropped(instrument);
    }
  }

  private JsonObject refused(Instrument instrument, Throwable failure) {
    JsonObject refusal = new JsonObject()
        .put("symbol", instrument.symbol())
        .put("error", FailureException.of(failure).toJson());
    socket.emit("live:error", refusal);
    return refusal;
  }

  /** Drops symbols; dropping one that was not there is no fault. */
  void unsubscribe(List<Object> values, Ack ack) {
    for (Instrument instrument : Arguments.of(values).instruments()) {
      Joined<Boolean> place = joined.get(instrument);
      if (place != null) {
        drop(instrument, place);
      }
    }
    ack.send(new JsonObject().put("ok", true));
  }

  void flush() {
    List.copyOf(joined.values()).forEach(place -> place.cursor().flush());
    trades.flush();
  }

  void close() {
    joined.values().forEach(place -> place.cursor().close());
    joined.clear();
    trades.close();
  }
}
