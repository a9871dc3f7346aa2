package io.candlehub.gateway.sockjs;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.access.Allowance;
import io.candlehub.gateway.auth.Authentication;
import io.candlehub.gateway.auth.SessionCaller;
import io.candlehub.gateway.socketio.HardClose;
import io.candlehub.gateway.stream.ChartSubscription;
import io.candlehub.gateway.stream.Joined;
import io.candlehub.gateway.stream.Position;
import io.candlehub.gateway.stream.Sink;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.stream.Subscription;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One bridge client: reads its messages, keeps its registrations and answers its requests. Confined to the gateway's
 * event loop.
 */
final class BridgeClient {
  private static final int POLICY = 1008;
  private static final int MOST_REFUSED = 1_000;

  private final Streams streams;
  private final BridgeLimits limits;
  private final BridgeConnection connection;
  private final BridgeRequests requests;
  private final LongSupplier nanoClock;
  private final Allowance allowance;
  private final SessionCaller caller;
  private final Scheduler.Cancellable patience;
  private int refusedInARow;
  private final Consumer<String> refusals;
  private final Map<String, Subscription> registrations = new HashMap<>();

  BridgeClient(
      SockJSSocket socket,
      Authentication authentication,
      Streams streams,
      BridgeLimits limits,
      Scheduler scheduler,
      LongSupplier nanoClock,
      Consumer<String> refusals) {
    this.streams = streams;
    this.limits = limits;
    this.refusals = refusals;
    this.connection = new BridgeConnection(
        socket,
        limits,
        scheduler,
        nanoClock,
        this::flush,
        () -> refusals.accept("slow_client"),
        () -> HardClose.of(socket.routingContext().request().connection()));
    this.nanoClock = nanoClock;
    this.allowance = new Allowance(
        limits.messagesPerSecond(), BridgeLimits.BURST_SECONDS, nanoClock.getAsLong());
    this.requests = new BridgeRequests(streams, connection);
    this.caller = authentication.session(this::expired);
    this.patience = scheduler.after(limits.callerTimeout(), this::requireCaller);
  }

  /** Handles one message. Nothing in it can do more than bring the client an error; too many of them end it. */
  void received(Buffer message) {
    if (!allowance.take(nanoClock.getAsLong())) {
      tooMany();
      return;
    }
    refusedInARow = 0;
    if (message.length() > limits.messageBytes()) {
      error("message_too_large");
      return;
    }
    JsonObject json;
    try {
      json = new JsonObject(message);
    } catch (RuntimeException e) {
      error("invalid_json");
      return;
    }
    if (json.getValue("type") == null) {
      error("missing_type");
    } else if ("ping".equals(json.getValue("type"))) {
      connection.ping();
    } else if (json.getValue("address") instanceof String address) {
      dispatch(json, address);
    } else {
      error("missing_address");
    }
  }

  private void tooMany() {
    refusedInARow++;
    if (refusedInARow > MOST_REFUSED) {
      refusals.accept("flood");
      connection.close(POLICY, Failure.LIMIT_EXCEEDED.name());
    } else {
      error("too_many_messages");
    }
  }

  private void dispatch(JsonObject json, String address) {
    if (!(json.getValue("type") instanceof String type)) {
      error("invalid_type");
      return;
    }
    switch (type) {
      case "register" -> {
        if (isAllowed(json, address)) {
          register(address);
        }
      }
      case "unregister" -> unregister(address);
      case "send" -> {
        if (isAllowed(json, address)) {
          send(address, json);
        }
      }
      case "publish" -> error("access_denied");
      default -> error("invalid_type");
    }
  }

  /** Takes the frame's token, if it has one, and checks the session's; what is refused brings an error. */
  private boolean isAllowed(JsonObject json, String address) {
    try {
      Object token =
          json.getValue("headers") instanceof JsonObject headers ? headers.getValue("token") : null;
      if (token != null) {
        caller.present(token);
      }
      caller.require();
      return true;
    } catch (FailureException refusal) {
      refuse(
          refusal, "send".equals(json.getValue("type")) ? json.getValue("replyAddress") : address);
      return false;
    }
  }

  private void refuse(FailureException refusal, Object address) {
    String code = refusal.code().name();
    refusals.accept(code);
    boolean fits = address instanceof String text && text.length() <= BridgeLimits.LONGEST_ADDRESS;
    Buffer frame =
        fits ? BridgeFrames.refusal((String) address, refusal) : BridgeFrames.error(code);
    if (refusal.code() == Failure.TOKEN_EXPIRED) {
      connection.close(frame, POLICY, code);
    } else {
      connection.press(frame);
    }
  }

  private void expired() {
    end(Failure.TOKEN_EXPIRED);
  }

  private void requireCaller() {
    if (!caller.isKnown()) {
      end(Failure.UNAUTHENTICATED);
    }
  }

  private void end(Failure reason) {
    refusals.accept(reason.name());
    connection.close(BridgeFrames.error(reason.name()), POLICY, reason.name());
  }

  private void register(String address) {
    if (registrations.size() + requests.open() >= limits.handlers()) {
      error("max_handlers_reached");
    } else if (address.length() > BridgeLimits.LONGEST_ADDRESS) {
      error("max_address_length_reached");
    } else if (!isOffered(address)) {
      error("access_denied");
    } else if (registrations.containsKey(address)) {
      error("address_already_registered");
    } else {
      join(address);
    }
  }

  private static boolean isOffered(String address) {
    return address.equals(Addresses.STATUS)
        || address.equals(Addresses.ALERTS)
        || address.equals(Addresses.FLOW)
        || Addresses.parseChart(address).isPresent()
        || Addresses.parseQuote(address).isPresent()
        || Addresses.parseTrades(address).isPresent()
        || chain(address).isPresent();
  }

  /** Returns the chain of an address; a date belongs to none that is published. */
  private static Optional<ChainFocus> chain(String address) {
    return Addresses.parseChainFocus(address).filter(focus -> focus.expiration().isEmpty());
  }

  private void join(String address) {
    Optional<StreamKey> chart = Addresses.parseChart(address);
    Optional<Instrument> quote = Addresses.parseQuote(address);
    Optional<Instrument> trades = Addresses.parseTrades(address);
    Optional<ChainFocus> chain = chain(address);
    if (chart.isPresent()) {
      joinChart(address, chart.get());
    } else if (quote.isPresent()) {
      keep(
          address, streams.quotes().join(quote.get(), new BridgeFrames.Plain(address), connection));
    } else if (trades.isPresent()) {
      keep(
          address,
          streams.trades().join(trades.get(), new BridgeFrames.OfTrades(address), connection));
    } else if (chain.isPresent()) {
      keep(
          address, streams.chains().join(chain.get(), new BridgeFrames.Chain(address), connection));
    } else {
      registrations.put(address, follow(address));
    }
  }

  /** Follows a chart, beginning when what the client has asked about it has been answered: it may know what that left out. */
  private void joinChart(String address, StreamKey chart) {
    Future<?> asked = requests.answered(chart);
    ChartSubscription joined = streams
        .charts()
        .join(
            chart,
            new BridgeFrames.Chart(address),
            asked.isComplete() ? connection : new Behind(asked, connection),
            Position.START,
            0);
    asked.onComplete(done -> joined.cursor().flush());
    keep(address, joined.cursor(), joined.answer());
  }

  /** The way to the client for what is to come behind something else. */
  private record Behind(Future<?> first, BridgeConnection connection) implements Sink<Buffer> {
    @Override
    public boolean writable() {
      return first.isComplete() && connection.writable();
    }

    @Override
    public void write(Buffer frame) {
      connection.write(frame);
    }
  }

  /** Follows one of the addresses that are there for everybody. */
  private Subscription follow(String address) {
    if (address.equals(Addresses.ALERTS)) {
      return streams.alerts().follow(new BridgeFrames.Plain(address), connection);
    }
    return address.equals(Addresses.FLOW)
        ? streams.flow().follow(new BridgeFrames.Plain(address), connection)
        : streams.status().followReports(new BridgeFrames.Status(address), connection);
  }

  private void keep(String address, Joined<?> joined) {
    keep(address, joined.cursor(), joined.answer());
  }

  private void keep(String address, Subscription cursor, Future<?> answer) {
    registrations.put(address, cursor);
    answer.onFailure(failure -> {
      if (registrations.remove(address, cursor)) {
        cursor.close();
        refusals.accept("registration_failure");
        connection.press(BridgeFrames.registrationFailure(address, FailureException.of(failure)));
      }
    });
  }

  private void unregister(String address) {
    if (!isOffered(address)) {
      error("access_denied");
      return;
    }
    Subscription registration = registrations.remove(address);
    if (registration != null) {
      registration.close();
    }
  }

  private void send(String address, JsonObject json) {
    Object replyAddress = json.getValue("replyAddress");
    if (replyAddress != null
        && !(replyAddress instanceof String text
            && text.length() <= BridgeLimits.LONGEST_REPLY_ADDRESS)) {
      error("invalid_reply_address");
    } else if (!BridgeRequests.isOffered(address)) {
      error("access_denied");
    } else if (replyAddress != null
        && registrations.size() + requests.open() >= limits.handlers()) {
      error("max_handlers_reached");
    } else if (replyAddress instanceof String wanted) {
      JsonObject body =
          json.getValue("body") instanceof JsonObject object ? object : new JsonObject();
      requests.answer(address, body, wanted);
    }
  }

  private void error(String code) {
    refusals.accept(code);
    connection.press(BridgeFrames.error(code));
  }

  private void flush() {
    requests.flush();
    List.copyOf(registrations.values()).forEach(Subscription::flush);
  }

  /** Closes the connection; the client is to connect again, elsewhere if it can. */
  void sendElsewhere(String reason) {
    connection.close(1001, reason);
    closed();
  }

  /** A message longer than the transport takes has arrived, which ends the connection. */
  void overflowed() {
    error("message_too_large");
    connection.close(1009, "TOO_LARGE");
  }

  /** The connection is gone. */
  void closed() {
    registrations.values().forEach(Subscription::close);
    registrations.clear();
    requests.close();
    patience.cancel();
    caller.close();
    connection.gone();
  }
}
