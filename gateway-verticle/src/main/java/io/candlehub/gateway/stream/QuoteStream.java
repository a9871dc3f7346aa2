package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest quote of one instrument and the cursors of the clients that watch it. */
final class QuoteStream {
  private static final Logger LOG = LoggerFactory.getLogger(QuoteStream.class);

  private final Instrument instrument;
  private final HubClient hub;
  private final Latest<Buffer> latest = new Latest<>(Buffer.buffer());
  private final Fanout<Buffer> fanout;
  private final MessageConsumer<Buffer> consumer;
  private final Promise<Void> loaded = Promise.promise();

  QuoteStream(
      Instrument instrument, HubClient hub, Pace pace, StreamMeters meters, Runnable onEmpty) {
    this.instrument = instrument;
    this.hub = hub;
    this.fanout = new Fanout<>(latest, pace, meters, onEmpty);
    this.consumer = hub.listen(Addresses.quote(instrument), message -> changed(message.body()));
  }

  /**
   * Asks for the last quote. A known instrument without one yet is no failure; a quote that is published meanwhile is
   * newer than the answer.
   */
  Future<Void> open() {
    consumer
        .completion()
        .compose(listening -> hub.quote(instrument))
        .onSuccess(quote -> {
          if (latest.version() == 0) {
            changed(quote);
          }
          loaded.tryComplete();
        })
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

  boolean isUnused() {
    return fanout.size() == 0;
  }

  void end() {
    fanout.end();
    consumer
        .unregister()
        .onFailure(
            e -> LOG.warn("consumer not removed [address: {}]", Addresses.quote(instrument), e));
  }
}
