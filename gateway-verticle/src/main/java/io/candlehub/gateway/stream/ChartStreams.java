package io.candlehub.gateway.stream;

import io.candlehub.bus.StreamPositions;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The chart streams this gateway has clients for.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class ChartStreams {
  private final StreamTable<StreamKey, ChartStream> streams;

  ChartStreams(StreamParts parts, DemandLease demand, LongSupplier marketMillis) {
    this.streams = new StreamTable<>(
        parts.pace(),
        demand,
        parts.meters()::charts,
        (key, onEmpty) -> new ChartStream(key, parts, marketMillis, onEmpty));
  }

  /**
   * Adds a client to a stream. The client first gets a snapshot, or one update with all that changed after the position
   * it names if that can be continued, then updates for as long as the subscription is open.
   *
   * @param since where the client stands; {@link Position#START} for a snapshot
   * @param maxPerSecond the most messages per second this client wants; 0 for all
   */
  public <T> ChartSubscription join(
      StreamKey key,
      Encoding<ChartMessage, T> encoding,
      Sink<T> sink,
      Position since,
      double maxPerSecond) {
    ChartStream joined = streams.of(key);
    Cursor<ChartMessage, T> cursor = joined.join(encoding, sink, since, maxPerSecond);
    cursor.flush();
    Future<String> answer =
        joined.loaded().compose(loaded -> cursor.started()).map(started -> joined.state());
    return new ChartSubscription(cursor, answer);
  }

  /** Does something with every stream. */
  void each(Consumer<SharedStream<?>> task) {
    streams.each(task::accept);
  }

  /** Takes note of where a chart is, as its owner tells; returns it if it is not there. */
  Optional<PositionCheck.Behind> told(StreamPositions.Chart chart) {
    return streams.find(chart.key()).flatMap(stream -> stream.told(chart));
  }

  void closeAll() {
    streams.closeAll();
  }
}
