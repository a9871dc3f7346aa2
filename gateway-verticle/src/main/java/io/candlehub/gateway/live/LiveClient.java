package io.candlehub.gateway.live;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.access.Allowance;
import io.candlehub.gateway.access.Refusals;
import io.candlehub.gateway.auth.Authentication;
import io.candlehub.gateway.auth.SessionCaller;
import io.candlehub.gateway.socketio.Ack;
import io.candlehub.gateway.socketio.Handshake;
import io.candlehub.gateway.socketio.InvalidMessage;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.stream.Subscription;
import io.candlehub.gateway.watch.Watchlists;
import io.candlehub.model.Scheduler;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.LongSupplier;

/** One connected client: binds its events to what it shows. Confined to the gateway's event loop. */
final class LiveClient {
  private static final int BURST_SECONDS = 30;
  private static final int MOST_REFUSED = 1_000;

  /** What of an event's argument says what was refused; a chain has no symbol, so that it is not taken for quotes. */
  private static final List<String> ECHOED =
      List.of("symbol", "timeframe", "chartId", "underlying", "expiration");

  private final SocketIoSocket socket;
  private final LongSupplier nanoClock;
  private final Refusals refusals;
  private final Allowance allowance;
  private final SessionCaller caller;
  private final ClientCharts charts;
  private final ClientQuotes quotes;
  private final ClientChain chain;
  private final ClientWatchlist watchlist;
  private final ClientSnapshot snapshot;
  private final Subscription status;
  private final Subscription alerts;
  private int refusedInARow;

  /** What all clients are served with. */
  record Ground(
      Authentication authentication,
      Streams streams,
      Watchlists<JsonObject, JsonObject> watchlists,
      Scheduler scheduler,
      LongSupplier nanoClock,
      LiveLimits limits,
      Refusals refusals) {}

  private LiveClient(SocketIoSocket socket, Ground ground) {
    SocketSink sink = new SocketSink(socket);
    Streams streams = ground.streams;
    Scheduler scheduler = ground.scheduler;
    LiveLimits limits = ground.limits;
    this.socket = socket;
    this.nanoClock = ground.nanoClock;
    this.refusals = ground.refusals;
    this.allowance =
        new Allowance(limits.messagesPerSecond(), BURST_SECONDS, nanoClock.getAsLong());
    this.caller = ground.authentication.session(this::expired);
    this.charts = new ClientCharts(socket, sink, streams.charts(), scheduler, limits.charts());
    this.snapshot = new ClientSnapshot(socket, streams, scheduler);
    this.quotes = new ClientQuotes(
        socket,
        sink,
        streams,
        scheduler,
        new ClientTrades(sink, streams.trades()),
        snapshot,
        limits.liveSymbols());
    this.chain = new ClientChain(socket, sink, streams, scheduler);
    this.watchlist = new ClientWatchlist(socket, ground.watchlists, snapshot);
    this.status = streams.status().followChanges(JsonEvent.STATUS, sink);
    this.alerts = streams.alerts().follow(JsonEvent.ALERT, sink);
  }

  static void attach(SocketIoSocket socket, Ground ground) {
    LiveClient client = new LiveClient(socket, ground);
    client.bind();
    client.enter();
  }

  /** Returns what a client shows as its token, of whatever type; null if it shows none. */
  static Object token(Handshake handshake) {
    return handshake.auth().getValue("token");
  }

  /** The token was admitted a moment ago; what has changed since is rare but not impossible. */
  private void enter() {
    try {
      caller.present(token(socket.handshake()));
    } catch (FailureException refusal) {
      end(refusal);
    }
  }

  private void expired() {
    end(Failure.TOKEN_EXPIRED.because("the token has expired"));
  }

  /** The last message says why; a client that was told to go does not come back by itself. */
  private void end(FailureException reason) {
    socket.emit("chart:error", new JsonObject().put("error", reason.toJson()));
    socket.disconnect(true);
  }

  private void bind() {
    on("chart:focus", "chart:error", charts::focus);
    on("chart:unfocus", "chart:error", charts::unfocus);
    on("live:subscribe", "live:error", quotes::subscribe);
    on("live:unsubscribe", "live:error", quotes::unsubscribe);
    on("chain:focus", "live:error", chain::focus);
    on("chain:unfocus", "live:error", chain::unfocus);
    on("watchlist:set", "live:error", watchlist::set);
    on("snapshot:subscribe", "live:error", snapshot::subscribe);
    on("snapshot:unsubscribe", "live:error", snapshot::unsubscribe);
    socket.onOther((values, ack) -> {
      try {
        meter();
        throw Failure.UNSUPPORTED.because("there is no such event");
      } catch (FailureException refusal) {
        count(refusal);
        ack.send(Answer.refusal(refusal));
      }
    });
    socket.onInvalid(this::invalid);
    socket.onDrain(this::flush);
    socket.onDisconnect(reason -> close());
  }

  /** What an event of a client does; a {@link FailureException} is a refusal. */
  @FunctionalInterface
  private interface Command {
    void run(List<Object> values, Ack ack);
  }

  /** Binds an event so that a refusal is told both in the acknowledgement and as an event. */
  private void on(String event, String errorEvent, Command command) {
    socket.on(event, (values, ack) -> {
      try {
        meter();
        command.run(values, ack);
      } catch (FailureException refusal) {
        count(refusal);
        JsonObject error = new JsonObject();
        for (String name : ECHOED) {
          String given = Arguments.echo(values, name);
          if (!given.isEmpty()) {
            error.put(name, given);
          }
        }
        socket.emit(errorEvent, error.put("error", refusal.toJson()));
        ack.send(Answer.refusal(refusal));
      }
    });
  }

  private void count(FailureException refusal) {
    refusals.count("socketio-" + Refusals.rule(refusal.code()));
  }

  /** Refuses a message beyond the client's allowance, and ends a client that takes no notice. */
  private void meter() {
    caller.require();
    long now = nanoClock.getAsLong();
    if (allowance.take(now)) {
      refusedInARow = 0;
      return;
    }
    refusedInARow++;
    if (refusedInARow > MOST_REFUSED) {
      socket.disconnect(true);
    }
    throw Failure.LIMIT_EXCEEDED.because("too many messages", allowance.retryAfterMillis(now));
  }

  private void invalid(InvalidMessage fault) {
    try {
      meter();
    } catch (FailureException tooMany) {
      return;
    }
    FailureException failure = fault.kind() == InvalidMessage.Kind.TOO_BIG
        ? Failure.TOO_LARGE.because("the message is too large")
        : Failure.INVALID_PARAMETER.because("message is no valid packet: " + fault.detail());
    socket.emit("chart:error", new JsonObject().put("error", failure.toJson()));
  }

  private void flush() {
    charts.flush();
    quotes.flush();
    chain.flush();
    watchlist.flush();
    snapshot.flush();
    status.flush();
    alerts.flush();
  }

  private void close() {
    caller.close();
    charts.close();
    quotes.close();
    chain.close();
    watchlist.close();
    snapshot.close();
    status.close();
    alerts.close();
  }
}
