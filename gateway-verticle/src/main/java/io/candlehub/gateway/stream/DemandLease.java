package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The set of topics this gateway has clients for, held as a lease at the hubs (architecture §4): told at once when it
 * changes, and renewed every {@value #RENEWAL_SECONDS} s, with which the hubs tell where the streams are. Two renewals
 * may fail to arrive before it lapses. What no hub takes is told again soon.
 *
 * <p>Confined to the gateway's event loop.
 */
final class DemandLease {
  private static final Logger LOG = LoggerFactory.getLogger(DemandLease.class);
  private static final int RENEWAL_SECONDS = 5;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

  private final Hub hub;
  private final String owner;
  private final Scheduler scheduler;
  private final Runnable onFailure;
  private final Set<String> topics = new TreeSet<>();
  private Scheduler.Cancellable renewal = () -> {};
  private Scheduler.Cancellable retry = () -> {};
  private Duration retryDelay = FIRST_RETRY;
  private boolean renewing;
  private boolean askPositions;
  private boolean telling;
  private boolean changed;
  private boolean failing;
  private boolean released;

  /** Who takes it. */
  interface Hub {
    /**
     * Sets the demand of one owner, which lapses after a while, or when this node goes.
     *
     * @param positions whether the owners of the topics are to tell their {@link io.candlehub.bus.StreamPositions}
     */
    Future<Void> demand(String owner, Collection<String> topics, Duration lease, boolean positions);
  }

  /**
   * Creates a lease on nothing.
   *
   * @param onFailure told whenever no hub takes it
   */
  DemandLease(Hub hub, String owner, Scheduler scheduler, Runnable onFailure) {
    this.hub = hub;
    this.owner = owner;
    this.scheduler = scheduler;
    this.onFailure = onFailure;
  }

  void add(String topic) {
    if (topics.add(topic)) {
      tell();
    }
  }

  void remove(String topic) {
    if (topics.remove(topic)) {
      tell();
    }
  }

  /** Tells the set again, to hubs that may not know it any more, and has them tell where the streams are. */
  void renew() {
    if (!topics.isEmpty()) {
      askPositions = true;
      tell();
    }
  }

  /** Gives the whole lease up. */
  Future<Void> release() {
    released = true;
    renewal.cancel();
    retry.cancel();
    if (topics.isEmpty()) {
      return Future.succeededFuture();
    }
    topics.clear();
    return hub.demand(owner, topics, LEASE, false).otherwiseEmpty();
  }

  /** Sends the set; changes that happen meanwhile are sent together when the answer is there. */
  private void tell() {
    if (telling || released) {
      changed = true;
      return;
    }
    changed = false;
    telling = true;
    retry.cancel();
    boolean positions = askPositions;
    askPositions = false;
    hub.demand(owner, Set.copyOf(topics), LEASE, positions)
        .onSuccess(done -> told())
        .onFailure(failure -> {
          askPositions |= positions;
          untold(failure);
        });
  }

  private void told() {
    telling = false;
    retryDelay = FIRST_RETRY;
    if (failing) {
      failing = false;
      LOG.info("demand is accepted again [topics: {}]", topics.size());
    }
    renewLater();
    if (changed) {
      tell();
    }
  }

  private void renewLater() {
    if (renewing || topics.isEmpty() || released) {
      return;
    }
    renewing = true;
    renewal = scheduler.after(Duration.ofSeconds(RENEWAL_SECONDS), () -> {
      renewing = false;
      renew();
    });
  }

  private void untold(Throwable failure) {
    telling = false;
    if (released) {
      return;
    }
    if (!failing) {
      failing = true;
      LOG.warn("demand not accepted [topics: {}, cause: {}]", topics.size(), failure.getMessage());
    }
    if (!topics.isEmpty()) {
      retry = scheduler.after(retryDelay, this::tell);
      Duration doubled = retryDelay.multipliedBy(2);
      retryDelay = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
    }
    onFailure.run();
  }
}
