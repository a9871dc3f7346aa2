package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest quote of one instrument and the cursors of the clients that watch it. */
final class QuoteStream implements SharedStream {
  private static final Logger LOG = LoggerFactory.getLogger(QuoteStream.class);

  /** A quote that has not changed for so long is quiet; for charts the hub draws the same line. */
  private static final long QUIET_AFTER_MILLIS = 180_000;

  private final Instrument instrument;
  private final HubClient hub;
  private final Latest<Buffer> latest = new Latest<>(Buffer.buffer());
  private final Fanout<Buffer> fanout;
  private final FanoutSubscription consumer;
  private final Promise<Void> loaded = Promise.promise();
  private boolean ended;

  QuoteStream(
      Instrument instrument, HubClient hub, Pace pace, StreamMeters meters, Runnable onEmpty) {
    this.instrument = instrument;
    this.hub = hub;
    this.fanout = new Fanout<>(latest, pace, meters, onEmpty);
    this.consumer = hub.follow(Addresses.quote(instrument), message -> changed(message.body()));
  }

  @Override
  public String address() {
    return Addresses.quote(instrument);
  }

  /** Asks for the last quote. A known instrument without one yet is no failure. */
  @Override
  public Future<Void> open() {
    consumer
        .completion()
        .compose(listening -> ask())
        .onSuccess(answered -> loaded.tryComplete())
        .onFailure(failure -> {
          FailureException known = FailureException.of(failure);
          if (known.code() == Failure.NO_DATA) {
            loaded.tryComplete();
          } else {
            loaded.tryFail(known);
          }
        });
    return loaded.future();
  }

  /** A quote that is published meanwhile is newer than the answer. */
  private Future<Void> ask() {
    long before = latest.version();
    return hub.quote(instrument)
        .onSuccess(quote -> {
          if (!ended && latest.version() == before) {
            changed(quote);
          }
        })
        .mapEmpty();
  }

  private void changed(Buffer quote) {
    latest.take(quote);
    fanout.changed();
  }

  Future<Void> loaded() {
    return loaded.future();
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

  @Override
  public boolean isUnused() {
    return fanout.size() == 0;
  }

  /** A quote says when it was made, so its age speaks for itself. */
  @Override
  public void hubLost() {}

  @Override
  public void hubBack() {
    ask()
        .onFailure(
            failure -> LOG.debug("no quote yet [address: {}, cause: {}]", address(), failure));
  }

  @Override
  public void end() {
    ended = true;
    fanout.end();
    consumer
        .unregister()
        .onFailure(e -> LOG.warn("consumer not removed [address: {}]", address(), e));
  }
}
