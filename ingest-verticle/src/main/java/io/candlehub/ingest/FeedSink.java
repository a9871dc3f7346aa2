package io.candlehub.ingest;

import io.candlehub.model.feed.FeedEvent;
import java.util.List;

/** Takes what a feed says, in order. Called on the provider's event loop. */
@FunctionalInterface
public interface FeedSink {
  /** Takes the events of one frame or one transition; the list is not kept. */
  void accept(List<FeedEvent> events);
}
