package io.candlehub.gateway.sockjs;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.stream.ChainArguments;
import io.candlehub.gateway.stream.ChartSubscription;
import io.candlehub.gateway.stream.Sink;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.gateway.stream.Streams;
import io.candlehub.gateway.stream.Subscription;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers the commands of one bridge client (contract §5). Charts come from the replica, once the client can be written;
 * quotes, chains and status from the hub. Confined to the gateway's event loop.
 */
final class BridgeRequests {
  private static final Set<String> COMMANDS = Set.of(
      Addresses.COMMAND_CHART,
      Addresses.COMMAND_QUOTE,
      Addresses.COMMAND_CHAIN,
      Addresses.COMMAND_STATUS);

  private final Streams streams;
  private final BridgeConnection connection;
  private final Map<ChartSubscription, StreamKey> charts = new LinkedHashMap<>();
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

  /** Completes when the open requests for a chart have been answered; never if the client goes before. */
  Future<?> answered(StreamKey chart) {
    return Future.join(charts.entrySet().stream()
        .filter(request -> request.getValue().equals(chart))
        .map(request -> request.getKey().answer())
        .toList());
  }

  void answer(String address, JsonObject body, String replyAddress) {
    try {
      if (address.equals(Addresses.COMMAND_CHART)) {
        chart(body, replyAddress);
      } else if (address.equals(Addresses.COMMAND_QUOTE)) {
        reply(streams.hub().quote(new StreamArguments(body).instrument()), replyAddress);
      } else if (address.equals(Addresses.COMMAND_CHAIN)) {
        reply(streams.hub().answer(address, ChainArguments.question(body)), replyAddress);
      } else {
        reply(streams.hub().status().map(JsonObject::toBuffer), replyAddress);
      }
    } catch (FailureException refusal) {
      connection.press(BridgeFrames.failure(replyAddress, refusal));
    }
  }

  /** Takes one message from the stream as soon as the client can be written. */
  private void chart(JsonObject body, String replyAddress) {
    StreamArguments arguments = new StreamArguments(body);
    ChartSubscription once = streams
        .charts()
        .join(
            arguments.key(),
            new BridgeFrames.Chart(replyAddress),
            new Once(connection),
            arguments.since(),
            0);
    charts.put(once, arguments.key());
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

  void flush() {
    List.copyOf(charts.keySet()).stream()
        .map(ChartSubscription::cursor)
        .forEach(Subscription::flush);
  }

  void close() {
    charts.keySet().forEach(request -> request.cursor().close());
    charts.clear();
  }
}
