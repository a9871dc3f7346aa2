package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.StreamPositions;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest quote of one instrument and the cursors of the clients that watch it. */
final class QuoteStream extends SharedStream<Buffer> {
  private static final Logger LOG = LoggerFactory.getLogger(QuoteStream.class);

  /** A quote that has not changed for so long is quiet; for charts the hub draws the same line. */
  private static final long QUIET_AFTER_MILLIS = 180_000;

  private final Instrument instrument;
  private final HubClient hub;
  private final Latest<Buffer> latest = new Latest<>(Buffer.buffer());
  private final Fanout<Buffer> fanout;
  private long heard;
  private boolean asking;

  QuoteStream(Instrument instrument, StreamParts parts, Runnable onEmpty) {
    super(Addresses.quote(instrument), Addresses.quote(instrument), instrument, parts);
    this.instrument = instrument;
    this.hub = parts.hub();
    this.fanout = new Fanout<>(latest, parts.pace(), parts.meters(), onEmpty);
  }

  @Override
  Fanout<Buffer> fanout() {
    return fanout;
  }

  /** Asks for the last quote. A known instrument without one yet is no failure. */
  @Override
  Future<Void> open() {
    listening()
        .compose(listening -> take(hub.firstQuote(instrument)))
        .onSuccess(answered -> loading().tryComplete())
        .onFailure(failure -> {
          FailureException known = FailureException.of(failure);
          if (known.code() == Failure.NO_DATA) {
            loading().tryComplete();
          } else {
            loading().tryFail(known);
          }
        });
    return loaded();
  }

  /** Takes the answer to a question; a quote that is published meanwhile is newer. */
  private Future<Void> take(Future<Buffer> answer) {
    long before = heard;
    return answer
        .onSuccess(quote -> {
          if (!isEnded() && heard == before && !parts().terms().isCutOff()) {
            certain();
            latest.take(quote);
            fanout.changed();
          }
        })
        .mapEmpty();
  }

  @Override
  void heard(FanoutMessage message, long heardNanos) {
    heard++;
    certain();
    latest.take(message.body());
    fanout.changed(heardNanos);
  }

  <T> Cursor<Buffer, T> join(Encoding<Buffer, T> encoding, Sink<T> sink) {
    return fanout.join(encoding, sink, Position.START, 0);
  }

  /** Returns true if there is a quote that is not old at a market time. */
  boolean isRecent(long marketMillis) {
    if (latest.version() == 0) {
      return false;
    }
    Long atMillis = latest.snapshot().toJsonObject().getLong("t");
    return atMillis == null || marketMillis - atMillis < QUIET_AFTER_MILLIS;
  }

  /** A quote says when it was made, so its age speaks for itself. */
  @Override
  void interrupted(String reason) {}

  /** Compares with what the owner says that the quote is; returns the stream if it is another. */
  Optional<PositionCheck.Behind> told(StreamPositions.Quote position) {
    if (!believes(position.term())) {
      return Optional.empty();
    }
    if (isAt(position)) {
      certain();
      return Optional.empty();
    }
    long before = heard;
    return Optional.of(() -> hasCome(position, before));
  }

  private boolean hasCome(StreamPositions.Quote position, long heardBefore) {
    boolean isThere = isAt(position);
    if (heard == heardBefore && !isThere) {
      repair();
    }
    return isThere;
  }

  private boolean isAt(StreamPositions.Quote position) {
    return latest.version() > 0 && StreamPositions.digest(latest.snapshot()) == position.digest();
  }

  @Override
  void repair() {
    if (asking || isEnded()) {
      return;
    }
    asking = true;
    parts().meters().repaired();
    parts()
        .repairs()
        .ask(() -> take(hub.replicaQuote(instrument)).onComplete(done -> {
          asking = false;
          if (done.failed()) {
            LOG.debug("no quote yet [address: {}, cause: {}]", address(), done.cause());
          }
        }));
  }
}
