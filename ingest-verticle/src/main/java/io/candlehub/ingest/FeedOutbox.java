package io.candlehub.ingest;

import io.candlehub.bus.Addresses;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.vertx.core.eventbus.EventBus;
import java.util.List;

/** Sends a provider's events to the hub, counting them without gaps. Confined to one event loop. */
final class FeedOutbox implements FeedSink {
  private final EventBus bus;
  private final String provider;
  private long nextSeq;

  FeedOutbox(EventBus bus, String provider) {
    this.bus = bus;
    this.provider = provider;
  }

  @Override
  public void accept(List<FeedEvent> events) {
    bus.send(Addresses.HUB_INBOX, new FeedBatch(provider, nextSeq, events));
    nextSeq += events.size();
  }
}
