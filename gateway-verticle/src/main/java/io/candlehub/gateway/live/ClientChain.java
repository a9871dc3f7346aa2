package io.candlehub.gateway.live;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.socketio.Ack;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.candlehub.gateway.stream.Joined;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.stream.Subscription;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The expiration of a chain that one client shows, and the unusual trades in options on its underlying. Confined to the
 * gateway's event loop.
 */
final class ClientChain {
  private final SocketIoSocket socket;
  private final SocketSink sink;
  private final Streams streams;
  private final Scheduler scheduler;
  private Optional<Shown> shown = Optional.empty();

  private record Shown(Joined<Future<Boolean>> chain, Subscription flow, Answer answer) {
    /** Ends it; a focus that was not answered yet is answered now, as its client may wait for that. */
    void end() {
      answer.accepted("pending");
      chain.cursor().close();
      flow.close();
    }
  }

  ClientChain(SocketIoSocket socket, SocketSink sink, Streams streams, Scheduler scheduler) {
    this.socket = socket;
    this.sink = sink;
    this.streams = streams;
    this.scheduler = scheduler;
  }

  /** Shows an expiration in place of what was shown, which ends at once. */
  void focus(List<Object> values, Ack ack) {
    ChainFocus focus = Arguments.of(values).chain();
    end();
    Answer answer = new Answer(ack, scheduler);
    Joined<Future<Boolean>> chain = streams.chains().join(focus, JsonEvent.CHAIN, sink);
    Subscription flow = streams.flow().follow(focus.underlying(), JsonEvent.FLOW, sink);
    Shown now = new Shown(chain, flow, answer);
    shown = Optional.of(now);
    chain
        .answer()
        .compose(live -> state(focus.underlying(), live))
        .onSuccess(answer::accepted)
        .onFailure(failure -> refused(focus, now, FailureException.of(failure)));
  }

  private Future<String> state(Instrument underlying, Future<Boolean> live) {
    return streams.status().isClosed() || areOptionsClosed(underlying)
        ? Future.succeededFuture("closed")
        : live.map(isLive -> isLive ? "live" : "quiet");
  }

  /** Options trade in the regular session only, shares before and after it too. */
  private boolean areOptionsClosed(Instrument underlying) {
    long marketMillis = streams.status().marketMillis().getAsLong();
    return marketMillis > 0
        && TradingCalendar.ofOptionsOn(underlying).phaseAt(marketMillis) == SessionPhase.CLOSED;
  }

  private void refused(ChainFocus focus, Shown refused, FailureException failure) {
    if (!shown.equals(Optional.of(refused))) {
      return;
    }
    shown = Optional.empty();
    socket.emit(
        "live:error",
        new JsonObject()
            .put("underlying", focus.underlying().symbol())
            .put("expiration", focus.expiration().get(0).toString())
            .put("error", failure.toJson()));
    refused.answer.refused(failure);
    refused.end();
  }

  /** Ends what is shown; ending nothing is no fault. */
  void unfocus(List<Object> values, Ack ack) {
    Arguments.optional(values);
    end();
    ack.send(new JsonObject().put("ok", true));
  }

  private void end() {
    Optional<Shown> former = shown;
    shown = Optional.empty();
    former.ifPresent(Shown::end);
  }

  void flush() {
    shown.ifPresent(now -> {
      now.chain.cursor().flush();
      now.flow.flush();
    });
  }

  void close() {
    end();
  }
}
