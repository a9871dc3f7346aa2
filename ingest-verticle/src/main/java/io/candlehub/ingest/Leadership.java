package io.candlehub.ingest;

import io.candlehub.cluster.Leader;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a session when this node gets the provider's lease, not before the last holder must have noticed that it lost
 * it, nor before an own earlier connection is closed. Confined to the verticle's event loop.
 */
final class Leadership implements Leader {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  /** A connection whose other side does not answer counts as closed after this time. */
  private static final long CLOSING_MILLIS = 1_500;

  private final Scheduler scheduler;
  private final FeedHops hops;
  private final LongFunction<IngestSession> sessions;
  private Scheduler.Cancellable waiting = () -> {};
  private Optional<IngestSession> session = Optional.empty();
  private Future<Void> closed = Future.succeededFuture();
  private Future<Void> served = Future.succeededFuture();
  private long term = -1;

  /**
   * Creates one that does not lead.
   *
   * @param sessions opens a session under a term
   */
  Leadership(Scheduler scheduler, FeedHops hops, LongFunction<IngestSession> sessions) {
    this.scheduler = scheduler;
    this.hops = hops;
    this.sessions = sessions;
  }

  @Override
  public void elected(long newTerm, Duration quiet) {
    term = newTerm;
    LOG.info("this node leads ingest [term: {}, waits: {} ms]", newTerm, quiet.toMillis());
    if (quiet.isZero()) {
      openWhenClosed(newTerm);
    } else {
      waiting = scheduler.after(quiet, () -> openWhenClosed(newTerm));
    }
  }

  private void openWhenClosed(long newTerm) {
    if (closed.isComplete()) {
      open(newTerm);
    } else {
      closed.onComplete(ignored -> open(newTerm));
    }
  }

  private void open(long newTerm) {
    if (term == newTerm && session.isEmpty()) {
      IngestSession opened = sessions.apply(newTerm);
      session = Optional.of(opened);
      served = opened.served();
      hops.leading(true);
    }
  }

  @Override
  public void deposed() {
    LOG.info("this node does not lead ingest any more [term: {}]", term);
    closed = close();
  }

  /** Closes what is open; done when the provider's connections are closed, or their other side does not answer. */
  Future<Void> close() {
    term = -1;
    waiting.cancel();
    hops.leading(false);
    Optional<IngestSession> last = session;
    session = Optional.empty();
    return last.map(IngestSession::close)
        .map(ended -> ended.timeout(CLOSING_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty())
        .orElseGet(Future::succeededFuture);
  }

  /** Returns the provider while this node holds it. */
  Optional<MarketDataProvider> provider() {
    return session.map(IngestSession::provider);
  }

  /** Returns when what the present session serves is known to the cluster. */
  Future<Void> served() {
    return served;
  }
}
