package io.candlehub.gateway.stream;

import io.candlehub.bus.StreamPositions;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The quote streams this gateway has clients for. A client that cannot keep up gets the newest quote when it can be
 * written again.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class QuoteStreams {
  private final StreamTable<Instrument, QuoteStream> streams;
  private final LongSupplier marketMillis;

  QuoteStreams(StreamParts parts, DemandLease demand, LongSupplier marketMillis) {
    this.marketMillis = marketMillis;
    this.streams = new StreamTable<>(
        parts.pace(),
        demand,
        parts.meters()::quotes,
        (instrument, onEmpty) -> new QuoteStream(instrument, parts, onEmpty));
  }

  /**
   * A client's place in a quote stream.
   *
   * @param cursor the place
   * @param answer completes when the stream is open, whether or not there is a quote yet, with true if quotes come and
   *     false if there is none or none of late; fails with a {@link io.candlehub.bus.FailureException} if it is refused,
   *     after which nothing is written
   */
  public record Joined(Subscription cursor, Future<Boolean> answer) {
    /** Checks presence. */
    public Joined {
      Objects.requireNonNull(cursor, "cursor");
      Objects.requireNonNull(answer, "answer");
    }
  }

  /** Adds a client to an instrument's quotes: it gets the last one, then every change. */
  public <T> Joined join(Instrument instrument, Encoding<Buffer, T> encoding, Sink<T> sink) {
    QuoteStream stream = streams.of(instrument);
    Cursor<Buffer, T> cursor = stream.join(encoding, sink);
    cursor.flush();
    return new Joined(
        cursor, stream.loaded().map(open -> stream.isRecent(marketMillis.getAsLong())));
  }

  /** Does something with every stream. */
  void each(Consumer<SharedStream> task) {
    streams.each(task::accept);
  }

  /** Takes note of where a quote is, as its owner tells. */
  void told(StreamPositions.Quote quote) {
    streams.find(quote.instrument()).ifPresent(stream -> stream.told(quote));
  }

  /** Returns the number of open streams. */
  public int size() {
    return streams.size();
  }

  void closeAll() {
    streams.closeAll();
  }
}
