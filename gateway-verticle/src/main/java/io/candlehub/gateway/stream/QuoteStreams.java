package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The quote streams this gateway has clients for. A client that cannot keep up gets the newest quote when it can be
 * written again.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class QuoteStreams {
  private final HubClient hub;
  private final Pace pace;
  private final StreamMeters meters;
  private final DemandLease demand;
  private final Map<Instrument, QuoteStream> streams = new HashMap<>();

  QuoteStreams(HubClient hub, Pace pace, StreamMeters meters, DemandLease demand) {
    this.hub = hub;
    this.pace = pace;
    this.meters = meters;
    this.demand = demand;
  }

  /**
   * A client's place in a quote stream.
   *
   * @param cursor the place
   * @param answer completes when the stream is open, whether or not there is a quote yet; fails with a {@link
   *     io.candlehub.bus.FailureException} if it is refused, after which nothing is written
   */
  public record Joined(Subscription cursor, Future<Void> answer) {
    /** Checks presence. */
    public Joined {
      Objects.requireNonNull(cursor, "cursor");
      Objects.requireNonNull(answer, "answer");
    }
  }

  /** Adds a client to an instrument's quotes: it gets the last one, then every change. */
  public <T> Joined join(Instrument instrument, Encoding<Buffer, T> encoding, Sink<T> sink) {
    QuoteStream stream = streams.get(instrument);
    if (stream == null) {
      stream = open(instrument);
    }
    Cursor<Buffer, T> cursor = stream.join(encoding, sink);
    cursor.flush();
    return new Joined(cursor, stream.loaded());
  }

  private QuoteStream open(Instrument instrument) {
    QuoteStream stream = new QuoteStream(instrument, hub, pace, meters, () -> unused(instrument));
    streams.put(instrument, stream);
    meters.quotes(streams.size());
    demand.add(Addresses.quote(instrument));
    stream.open().onFailure(failure -> close(instrument, stream));
    return stream;
  }

  private void unused(Instrument instrument) {
    pace.scheduler().after(pace.linger(), () -> {
      QuoteStream stream = streams.get(instrument);
      if (stream != null && stream.isUnused()) {
        close(instrument, stream);
      }
    });
  }

  private void close(Instrument instrument, QuoteStream stream) {
    if (streams.remove(instrument, stream)) {
      stream.end();
      meters.quotes(streams.size());
      demand.remove(Addresses.quote(instrument));
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
