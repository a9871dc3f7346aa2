package io.candlehub.gateway.stream;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the hub publishes on one address, followed once for all clients of this gateway; and what all kinds of it do alike:
 * they believe no former owner of the shard, and doubt whether something was missed until it is known that nothing was.
 *
 * <p>The consumer listens before the hub is asked what there is, so nothing falls between the two.
 *
 * @param <M> what clients get
 */
abstract class SharedStream<M> {
  private static final Logger LOG = LoggerFactory.getLogger(SharedStream.class);

  private final String topic;
  private final int shard;
  private final StreamParts parts;
  private final FanoutSubscription consumer;
  private final Promise<Void> loaded = Promise.promise();
  private boolean doubted;
  private boolean ended;

  /**
   * Begins to listen. Nothing is heard before the task that creates the stream has ended ({@link
   * FanoutCarrier#subscribe}), so never by a stream that is half made.
   *
   * @param topic the topic of its demand
   * @param address where the hub publishes it
   * @param instrument what it is about
   */
  SharedStream(String topic, String address, Instrument instrument, StreamParts parts) {
    this.topic = topic;
    this.shard = Shards.of(instrument);
    this.parts = parts;
    this.consumer = parts.hub().follow(address, this::hear);
  }

  private void hear(FanoutMessage message) {
    long heardNanos = parts.pace().nanoClock().getAsLong();
    if (!ended && parts.terms().accepts(shard, message.headers().get("term"))) {
      heard(message, heardNanos);
    }
  }

  /** Asks what there is; the future fails if the hub refuses. */
  abstract Future<Void> open();

  /** Takes what the owner of the shard publishes. */
  abstract void heard(FanoutMessage message, long heardNanos);

  /** Asks for what was missed, unless that is done already. */
  abstract void repair();

  /** Takes note that nothing comes for a reason, in words fit for clients: what is held is the last that is known. */
  abstract void interrupted(String reason);

  /** Returns how long it stays open for the next client, now that the last one has left. */
  Duration linger() {
    return parts.pace().linger();
  }

  /** Returns those who get it. */
  abstract Fanout<M> fanout();

  final StreamParts parts() {
    return parts;
  }

  /** Returns when the hub has been asked what there is; fails if it refuses. */
  final Future<Void> loaded() {
    return loaded.future();
  }

  final Promise<Void> loading() {
    return loaded;
  }

  /** Returns when what is published is heard. */
  final Future<Void> listening() {
    return consumer.completion();
  }

  /** An answer of a former owner is none; nothing else can be had for now. */
  final <A> Future<A> believed(A answer, String term) {
    boolean old = term.isEmpty() ? parts.terms().isCutOff() : !parts.terms().accepts(shard, term);
    return old
        ? Future.failedFuture(Failure.UNAVAILABLE.because("this is not to be had for now"))
        : Future.succeededFuture(answer);
  }

  /** Returns whether an owner's word of where the stream is counts. */
  final boolean believes(long term) {
    return !ended && parts.terms().accepts(shard, term);
  }

  /** Takes note that nothing has been missed. */
  final void certain() {
    doubted = false;
  }

  final boolean isEnded() {
    return ended;
  }

  /** Returns the topic of its demand, which for all but chains is its address too. */
  final String address() {
    return topic;
  }

  /** Returns the shard it belongs to. */
  final int shard() {
    return shard;
  }

  /** Returns true if no client is left. */
  final boolean isUnused() {
    return fanout().size() == 0;
  }

  /** Takes note that something may have been missed, unless what is heard next shows that it was not. */
  final void doubt() {
    doubted = true;
  }

  /** Asks for what was missed, if that is in doubt still. */
  final void settle() {
    if (doubted) {
      repair();
    }
  }

  /** Stops following and forgets everything. */
  final void end() {
    ended = true;
    fanout().end();
    consumer.unregister().onFailure(e -> LOG.warn("consumer not removed [stream: {}]", topic, e));
  }
}
