package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.bus.StreamPositions;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest quote of one instrument and the cursors of the clients that watch it. */
final class QuoteStream implements SharedStream {
  private static final Logger LOG = LoggerFactory.getLogger(QuoteStream.class);

  /** A quote that has not changed for so long is quiet; for charts the hub draws the same line. */
  private static final long QUIET_AFTER_MILLIS = 180_000;

  private final Instrument instrument;
  private final int shard;
  private final StreamParts parts;
  private final HubClient hub;
  private final Latest<Buffer> latest = new Latest<>(Buffer.buffer());
  private final Fanout<Buffer> fanout;
  private final FanoutSubscription consumer;
  private final Promise<Void> loaded = Promise.promise();
  private long heard;
  private boolean asking;
  private boolean doubted;
  private boolean ended;

  QuoteStream(Instrument instrument, StreamParts parts, Runnable onEmpty) {
    this.instrument = instrument;
    this.shard = Shards.of(instrument);
    this.parts = parts;
    this.hub = parts.hub();
    this.fanout = new Fanout<>(latest, parts.pace(), parts.meters(), onEmpty);
    this.consumer = hub.follow(Addresses.quote(instrument), this::heard);
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
        .compose(listening -> take(hub.firstQuote(instrument)))
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

  /** Takes the answer to a question; a quote that is published meanwhile is newer. */
  private Future<Void> take(Future<Buffer> answer) {
    long before = heard;
    return answer
        .onSuccess(quote -> {
          if (!ended && heard == before && !parts.terms().isCutOff()) {
            doubted = false;
            latest.take(quote);
            fanout.changed();
          }
        })
        .mapEmpty();
  }

  private void heard(FanoutMessage message) {
    if (!ended && parts.terms().accepts(shard, message.headers().get("term"))) {
      heard++;
      doubted = false;
      latest.take(message.body());
      fanout.changed(parts.pace().nanoClock().getAsLong());
    }
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
  public void interrupted(String reason) {}

  @Override
  public void doubt() {
    doubted = true;
  }

  @Override
  public void settle() {
    if (doubted) {
      repair();
    }
  }

  /** Compares with what the owner says that the quote is; returns the stream if it is another. */
  Optional<PositionCheck.Behind> told(StreamPositions.Quote position) {
    if (ended || !parts.terms().accepts(shard, position.term())) {
      return Optional.empty();
    }
    if (isAt(position)) {
      doubted = false;
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

  private void repair() {
    if (asking || ended) {
      return;
    }
    asking = true;
    parts.meters().repaired();
    parts
        .repairs()
        .ask(() -> take(hub.replicaQuote(instrument)).onComplete(done -> {
          asking = false;
          if (done.failed()) {
            LOG.debug("no quote yet [address: {}, cause: {}]", address(), done.cause());
          }
        }));
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
