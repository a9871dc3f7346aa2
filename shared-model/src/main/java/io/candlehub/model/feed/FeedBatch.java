package io.candlehub.model.feed;

import java.util.List;
import java.util.Objects;

/**
 * Events of one feed in the order the provider sent them.
 *
 * @param provider the provider's id
 * @param firstSeq number of the first event; the feed counts its events without gaps
 * @param events the events
 */
public record FeedBatch(String provider, long firstSeq, List<FeedEvent> events) {
  /** Copies the list and checks presence. */
  public FeedBatch {
    Objects.requireNonNull(provider, "provider");
    events = List.copyOf(events);
  }
}
