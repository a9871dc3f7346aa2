package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chart streams this gateway has clients for: opened by the first client, closed a moment after the last.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class ChartStreams {
  private static final Logger LOG = LoggerFactory.getLogger(ChartStreams.class);

  private final HubClient hub;
  private final Pace pace;
  private final StreamMeters meters;
  private final DemandLease demand;
  private final LongSupplier marketMillis;
  private final Map<StreamKey, ChartStream> streams = new HashMap<>();

  ChartStreams(
      HubClient hub,
      Pace pace,
      StreamMeters meters,
      DemandLease demand,
      LongSupplier marketMillis) {
    this.hub = hub;
    this.pace = pace;
    this.meters = meters;
    this.demand = demand;
    this.marketMillis = marketMillis;
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
    ChartStream stream = streams.get(key);
    if (stream == null) {
      stream = open(key);
    }
    ChartStream joined = stream;
    Cursor<ChartMessage, T> cursor = joined.join(encoding, sink, since, maxPerSecond);
    cursor.flush();
    Future<String> answer =
        joined.loaded().compose(loaded -> cursor.started()).map(started -> joined.state());
    return new ChartSubscription(cursor, answer);
  }

  private ChartStream open(StreamKey key) {
    ChartStream stream = new ChartStream(key, hub, pace, meters, marketMillis, () -> unused(key));
    streams.put(key, stream);
    meters.charts(streams.size());
    demand.add(Addresses.chart(key));
    stream.open().onFailure(failure -> {
      LOG.info(
          "stream refused [stream: {}, code: {}]",
          Addresses.chart(key),
          FailureException.of(failure).code());
      close(key, stream);
    });
    return stream;
  }

  private void unused(StreamKey key) {
    pace.scheduler().after(pace.linger(), () -> {
      ChartStream stream = streams.get(key);
      if (stream != null && stream.isUnused()) {
        close(key, stream);
      }
    });
  }

  private void close(StreamKey key, ChartStream stream) {
    if (streams.remove(key, stream)) {
      stream.end();
      meters.charts(streams.size());
      demand.remove(Addresses.chart(key));
    }
  }

  /** Returns the number of open streams. */
  public int size() {
    return streams.size();
  }

  void closeAll() {
    Map.copyOf(streams).forEach(this::close);
  }
}
