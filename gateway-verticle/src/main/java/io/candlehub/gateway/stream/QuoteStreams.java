package io.candlehub.gateway.stream;

import io.candlehub.bus.StreamPositions;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The quote streams this gateway has clients for. A client that cannot keep up gets the newest quote when it can be
 * written again.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class QuoteStreams {
  private final StreamTable<Instrument, QuoteStream> streams;
  private final ToLongFunction<AssetClass> feedMillis;

  /** Creates the streams; {@code feedMillis} tells the market time that the feed of a class of instruments has come to. */
  QuoteStreams(StreamParts parts, DemandLease demand, ToLongFunction<AssetClass> feedMillis) {
    this.feedMillis = feedMillis;
    this.streams = new StreamTable<>(
        parts.pace(),
        demand,
        parts.meters()::quotes,
        (instrument, onEmpty) -> new QuoteStream(instrument, parts, onEmpty));
  }

  /**
   * Adds a client to an instrument's quotes: it gets the last one, then every change.
   *
   * @return its place, answered whether or not there is a quote yet: true if quotes come, false if there is none or none
   *     of late
   */
  public <T> Joined<Boolean> join(
      Instrument instrument, Encoding<Buffer, T> encoding, Sink<T> sink) {
    QuoteStream stream = streams.of(instrument);
    Cursor<Buffer, T> cursor = stream.join(encoding, sink);
    cursor.flush();
    return new Joined<>(
        cursor,
        stream
            .loaded()
            .map(open -> stream.isRecent(feedMillis.applyAsLong(instrument.assetClass()))));
  }

  /** Does something with every stream. */
  void each(Consumer<SharedStream<?>> task) {
    streams.each(task::accept);
  }

  /** Takes note of where a quote is, as its owner tells; returns its stream if that is not there. */
  Optional<PositionCheck.Behind> told(StreamPositions.Quote quote) {
    return streams.find(quote.instrument()).flatMap(stream -> stream.told(quote));
  }

  void closeAll() {
    streams.closeAll();
  }
}
