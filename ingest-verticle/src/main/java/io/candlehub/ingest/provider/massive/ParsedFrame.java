package io.candlehub.ingest.provider.massive;

import io.candlehub.model.feed.FeedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What one frame held: data events and status events, the latter knowing their place among the former. Confined to one
 * event loop and reused from frame to frame.
 */
final class ParsedFrame {
  private final List<FeedEvent> events = new ArrayList<>();
  private final List<WireStatus> statuses = new ArrayList<>(1);

  void clear() {
    events.clear();
    statuses.clear();
  }

  void add(FeedEvent event) {
    events.add(event);
  }

  void addStatus(String status, String message) {
    statuses.add(new WireStatus(status, message, events.size()));
  }

  List<FeedEvent> events() {
    return events;
  }

  List<WireStatus> statuses() {
    return statuses;
  }
}
