package io.candlehub.ingest;

import io.candlehub.bus.Addresses;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.eventbus.EventBus;
import java.util.List;

/**
 * Sends a provider's events to the hub of a node alone, as they come: nothing gets lost within a process, so nothing is
 * kept. Confined to one event loop.
 */
final class FeedOutbox implements FeedSink {
  private final EventBus bus;
  private final Sender sender;
  private final String address;
  private final FeedSender.Clocks clocks;
  private final FeedHops hops;
  private long nextSeq;

  FeedOutbox(EventBus bus, Sender sender, FeedSender.Clocks clocks, FeedHops hops) {
    this.bus = bus;
    this.sender = sender;
    this.address = Addresses.hubInbox(sender.nodeId);
    this.clocks = clocks;
    this.hops = hops;
  }

  /**
   * Whose events are sent.
   *
   * @param nodeId this node
   * @param provider the provider's id
   * @param term the term under which the provider is open
   */
  record Sender(String nodeId, String provider, long term) {}

  @Override
  public void accept(List<FeedEvent> events) {
    long began = clocks.nanos().getAsLong();
    hops.received(events, clocks.market().millis());
    FeedBatch batch = new FeedBatch(
        sender.provider,
        sender.term,
        FeedBatch.EVERY_SHARD,
        nextSeq,
        clocks.wall().millis(),
        events);
    nextSeq = batch.endSeq();
    bus.send(address, new FeedParcel(List.of(batch)));
    hops.handedOver(clocks.nanos().getAsLong() - began);
  }
}
