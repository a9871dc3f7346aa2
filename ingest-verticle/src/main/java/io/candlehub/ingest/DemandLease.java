package io.candlehub.ingest;

import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds the wanted topics as long as they are renewed: a hub that is gone leaves no stream behind. Confined to one event
 * loop.
 */
final class DemandLease {
  private final Duration length;
  private final Scheduler scheduler;
  private final Consumer<Set<Topic>> provider;
  private Scheduler.Cancellable expiry = () -> {};

  /**
   * Creates a lease that holds nothing.
   *
   * @param length how long a set is held without renewal
   * @param provider takes the complete set whenever it is set, renewed or dropped
   */
  DemandLease(Duration length, Scheduler scheduler, Consumer<Set<Topic>> provider) {
    this.length = length;
    this.scheduler = scheduler;
    this.provider = provider;
  }

  /** Sets or renews the complete set. */
  void renew(Set<Topic> topics) {
    expiry.cancel();
    expiry = topics.isEmpty() ? () -> {} : scheduler.after(length, () -> provider.accept(Set.of()));
    provider.accept(topics);
  }
}
