package io.candlehub.ingest;

import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the provider's connections and topics are at present, for hubs that missed it. Confined to one event loop. */
final class StatusBoard {
  private final Map<String, FeedStatus> feeds = new LinkedHashMap<>();
  private final Map<Topic, TopicStatus> topics = new LinkedHashMap<>();
  private long nextSeq;

  /** Returns whether an event concerns every hub. */
  static boolean concerns(FeedEvent event) {
    return event instanceof FeedStatus || event instanceof TopicStatus;
  }

  /** Takes events of which each concerns every hub, and returns the number of the first. */
  long put(List<FeedEvent> events) {
    long first = nextSeq;
    for (FeedEvent event : events) {
      if (event instanceof FeedStatus feed) {
        feeds.put(feed.market(), feed);
      } else if (event instanceof TopicStatus topic) {
        put(topic);
      }
    }
    nextSeq += events.size();
    return first;
  }

  private void put(TopicStatus topic) {
    if (topic.state() == TopicStatus.State.LOST) {
      topics.remove(topic.topic());
    } else {
      topics.put(topic.topic(), topic);
    }
  }

  /** Returns the number the next event will get. */
  long nextSeq() {
    return nextSeq;
  }

  /** Returns the present status of every connection and of every topic that is not lost. */
  List<FeedEvent> all() {
    List<FeedEvent> all = new ArrayList<>(feeds.values());
    all.addAll(topics.values());
    return all;
  }
}
