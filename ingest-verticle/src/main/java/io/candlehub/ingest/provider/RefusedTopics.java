package io.candlehub.ingest.provider;

import io.candlehub.ingest.FeedSink;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Topics refused without asking the provider, because it does not carry them. One that is no longer wanted is told as
 * lost, so that nobody remembers it for ever. Confined to one event loop.
 */
public final class RefusedTopics {
  private final FeedSink sink;
  private Set<Topic> refused = Set.of();

  /** Creates a set without topics. */
  public RefusedTopics(FeedSink sink) {
    this.sink = sink;
  }

  /**
   * Sets the complete set and says what changed.
   *
   * @param now the wanted topics that are refused
   * @param wanted all that are wanted
   */
  public void set(Set<Topic> now, Set<Topic> wanted) {
    List<FeedEvent> events = new ArrayList<>();
    for (Topic topic : refused) {
      if (!wanted.contains(topic)) {
        events.add(new TopicStatus(topic, TopicStatus.State.LOST));
      }
    }
    for (Topic topic : now) {
      if (!refused.contains(topic)) {
        events.add(new TopicStatus(topic, TopicStatus.State.REFUSED));
      }
    }
    refused = Set.copyOf(now);
    if (!events.isEmpty()) {
      sink.accept(events);
    }
  }
}
