package io.candlehub.gateway.live;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.socketio.Ack;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.candlehub.gateway.stream.ChartStreams;
import io.candlehub.gateway.stream.ChartSubscription;
import io.candlehub.gateway.stream.Position;
import io.candlehub.model.Scheduler;
import io.candlehub.model.StreamKey;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The charts one client shows, by the client's names for them. Confined to the gateway's event loop. */
final class ClientCharts {
  private record Shown(StreamKey key, ChartSubscription subscription, Answer answer) {
    /** Ends it; a focus that was not answered yet is answered now, as its client may wait for that. */
    void end() {
      answer.accepted("pending");
      subscription.cursor().close();
    }
  }

  private final SocketIoSocket socket;
  private final SocketSink sink;
  private final ChartStreams streams;
  private final Scheduler scheduler;
  private final int mostCharts;
  private final Map<String, Shown> shown = new HashMap<>();

  ClientCharts(
      SocketIoSocket socket,
      SocketSink sink,
      ChartStreams streams,
      Scheduler scheduler,
      int mostCharts) {
    this.socket = socket;
    this.sink = sink;
    this.streams = streams;
    this.scheduler = scheduler;
    this.mostCharts = mostCharts;
  }

  /** Shows a stream in a chart. What the chart showed before ends at once. */
  void focus(List<Object> values, Ack ack) {
    Arguments arguments = Arguments.of(values);
    StreamKey key = arguments.key();
    String chartId = arguments.chartId();
    Position since = arguments.since();
    double maxPerSecond = arguments.maxPerSecond();
    if (!shown.containsKey(chartId) && shown.size() >= mostCharts) {
      throw Failure.LIMIT_EXCEEDED.because("at most " + mostCharts + " charts per client");
    }
    end(chartId);
    Answer answer = new Answer(ack, scheduler);
    ChartSubscription subscription =
        streams.join(key, new ChartEvents(chartId), sink, since, maxPerSecond);
    Shown now = new Shown(key, subscription, answer);
    shown.put(chartId, now);
    subscription
        .answer()
        .onSuccess(answer::accepted)
        .onFailure(failure -> refused(chartId, now, FailureException.of(failure)));
  }

  private void refused(String chartId, Shown refused, FailureException failure) {
    if (!shown.remove(chartId, refused)) {
      return;
    }
    socket.emit(
        "chart:error",
        new JsonObject()
            .put("symbol", refused.key.instrument().symbol())
            .put("timeframe", refused.key.timeframe().wireName())
            .put("chartId", chartId)
            .put("error", failure.toJson()));
    refused.answer.refused(failure);
    refused.subscription.cursor().close();
  }

  /** Ends a chart; ending one that shows nothing is no fault. */
  void unfocus(List<Object> values, Ack ack) {
    end(Arguments.optional(values).chartId());
    ack.send(new JsonObject().put("ok", true));
  }

  private void end(String chartId) {
    Shown former = shown.remove(chartId);
    if (former != null) {
      former.end();
    }
  }

  void flush() {
    List.copyOf(shown.values()).forEach(chart -> chart.subscription.cursor().flush());
  }

  void close() {
    shown.values().forEach(Shown::end);
    shown.clear();
  }
}
