package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The set of topics this gateway has clients for, held as a lease at the hub (architecture §4): told at once when it
 * changes, renewed every {@value #RENEWAL_SECONDS} s.
 */
final class DemandLease {
  private static final Logger LOG = LoggerFactory.getLogger(DemandLease.class);
  private static final int RENEWAL_SECONDS = 5;
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final HubClient hub;
  private final String owner;
  private final Scheduler scheduler;
  private final Runnable onFailure;
  private final Set<String> topics = new TreeSet<>();
  private Scheduler.Cancellable renewal = () -> {};
  private boolean telling;
  private boolean changed;
  private boolean failing;

  /**
   * Creates a lease on nothing.
   *
   * @param onFailure told whenever the hub does not take it
   */
  DemandLease(HubClient hub, String owner, Scheduler scheduler, Runnable onFailure) {
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

  /** Tells the set again, to a hub that may not know it any more. */
  void renew() {
    if (!topics.isEmpty()) {
      tell();
    }
  }

  /** Gives the whole lease up. */
  Future<Void> release() {
    renewal.cancel();
    if (topics.isEmpty()) {
      return Future.succeededFuture();
    }
    topics.clear();
    return hub.demand(owner, topics, LEASE).otherwiseEmpty();
  }

  /** Sends the set; changes that happen meanwhile are sent together when the answer is there. */
  private void tell() {
    changed = telling;
    if (telling) {
      return;
    }
    telling = true;
    renewal.cancel();
    hub.demand(owner, Set.copyOf(topics), LEASE).onSuccess(done -> told()).onFailure(this::untold);
  }

  private void told() {
    if (failing) {
      failing = false;
      LOG.info("demand is accepted again [topics: {}]", topics.size());
    }
    after();
  }

  private void untold(Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.warn("demand not accepted [topics: {}, cause: {}]", topics.size(), failure.getMessage());
    }
    changed = false;
    after();
    onFailure.run();
  }

  private void after() {
    telling = false;
    if (changed) {
      tell();
    } else if (!topics.isEmpty() || failing) {
      renewal = scheduler.after(Duration.ofSeconds(RENEWAL_SECONDS), this::tell);
    }
  }
}
