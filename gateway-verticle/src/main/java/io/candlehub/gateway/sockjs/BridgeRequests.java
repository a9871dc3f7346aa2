package io.candlehub.gateway.sockjs;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.stream.ChartSubscription;
import io.candlehub.gateway.stream.Position;
import io.candlehub.gateway.stream.Sink;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.stream.Subscription;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers the commands of one bridge client (contract §5). Charts come from the replica, once the client can be written;
 * quotes and status from the hub. Confined to the gateway's event loop.
 */
final class BridgeRequests {
  private static final Set<String> COMMANDS =
      Set.of(Addresses.COMMAND_CHART, Addresses.COMMAND_QUOTE, Addresses.COMMAND_STATUS);
  private static final double MOST_SEQ = 1L << 53;

  private final Streams streams;
  private final BridgeConnection connection;
  private final Set<ChartSubscription> charts = new LinkedHashSet<>();
  private int others;

  BridgeRequests(Streams streams, BridgeConnection connection) {
    this.streams = streams;
    this.connection = connection;
  }

  static boolean isOffered(String address) {
    return COMMANDS.contains(address);
  }

  /** Returns the number of unanswered requests. */
  int open() {
    return charts.size() + others;
  }

  void answer(String address, JsonObject body, String replyAddress) {
    try {
      if (address.equals(Addresses.COMMAND_CHART)) {
        chart(body, replyAddress);
      } else if (address.equals(Addresses.COMMAND_QUOTE)) {
        reply(streams.hub().quote(instrument(body)), replyAddress);
      } else {
        reply(streams.hub().status().map(JsonObject::toBuffer), replyAddress);
      }
    } catch (FailureException refusal) {
      connection.press(BridgeFrames.failure(replyAddress, refusal));
    }
  }

  /** Takes one message from the stream as soon as the client can be written. */
  private void chart(JsonObject body, String replyAddress) {
    ChartSubscription once = streams
        .charts()
        .join(
            key(body), new BridgeFrames.Chart(replyAddress), new Once(connection), since(body), 0);
    charts.add(once);
    once.answer().onComplete(done -> {
      charts.remove(once);
      once.cursor().close();
      if (done.failed()) {
        connection.press(BridgeFrames.failure(replyAddress, FailureException.of(done.cause())));
      }
    });
  }

  /** Passes the first message on and nothing more. */
  private static final class Once implements Sink<Buffer> {
    private final BridgeConnection connection;
    private boolean used;

    Once(BridgeConnection connection) {
      this.connection = connection;
    }

    @Override
    public boolean writable() {
      return !used && connection.writable();
    }

    @Override
    public void write(Buffer frame) {
      used = true;
      connection.write(frame);
    }
  }

  private void reply(Future<Buffer> answer, String replyAddress) {
    others++;
    answer.onComplete(done -> {
      others--;
      connection.press(
          done.succeeded()
              ? BridgeFrames.delivery(replyAddress, done.result())
              : BridgeFrames.failure(replyAddress, FailureException.of(done.cause())));
    });
  }

  private static Instrument instrument(JsonObject body) {
    return text(body, "symbol")
        .flatMap(Instrument::parse)
        .orElseThrow(() -> invalid("symbol", "must be a symbol such as SPY"));
  }

  private static StreamKey key(JsonObject body) {
    Timeframe timeframe = text(body, "timeframe")
        .flatMap(Timeframe::parse)
        .orElseThrow(
            () -> invalid("timeframe", "must be one of 1s 5s 15s 1m 5m 15m 30m 1h 4h 1d 1w"));
    SessionMode mode = body.getValue("sessionMode") == null
        ? SessionMode.EXTENDED
        : text(body, "sessionMode")
            .flatMap(SessionMode::parse)
            .orElseThrow(() -> invalid("sessionMode", "must be extended or regular"));
    return new StreamKey(instrument(body), timeframe, mode);
  }

  private static Position since(JsonObject body) {
    if (body.getValue("since") == null) {
      return Position.START;
    }
    if (body.getValue("since") instanceof JsonObject since
        && since.getValue("epoch") instanceof String epoch
        && since.getValue("seq") instanceof Number seq
        && seq.doubleValue() >= 0
        && seq.doubleValue() < MOST_SEQ) {
      return new Position(epoch, seq.longValue());
    }
    throw invalid("since", "must be {epoch, seq} as found in stream");
  }

  private static Optional<String> text(JsonObject body, String name) {
    return body.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static FailureException invalid(String name, String rule) {
    return Failure.INVALID_PARAMETER.because(name + " " + rule);
  }

  void flush() {
    List.copyOf(charts).stream().map(ChartSubscription::cursor).forEach(Subscription::flush);
  }

  void close() {
    charts.forEach(request -> request.cursor().close());
    charts.clear();
  }
}
