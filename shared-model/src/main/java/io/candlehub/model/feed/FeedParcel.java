package io.candlehub.model.feed;

import java.util.List;

/**
 * Frames that travel together: what a message of the feed from ingest to a hub node carries, sent to {@code
 * hub.inbox.<nodeId>} of the node that owns the frames' shards. One frame of the provider becomes at most one message
 * per node.
 *
 * <p>A completed send proves nothing. The hub answers with {@code FeedAcks}, every 100 ms at most, for each shard it
 * received a frame of since, even if the frame brought nothing new: silence means that the hub is gone. Ingest keeps
 * what is not safe yet, stops sending to a node that is silent for two seconds, and begins again at the last safe
 * position when it is heard, when the shard's owner or its term changes, or when nothing moves for a second. A hub
 * therefore sees frames twice; applying one again changes nothing because of its numbers.
 *
 * @param batches in the order to be applied
 */
public record FeedParcel(List<FeedBatch> batches) {
  /** Copies the list. */
  public FeedParcel {
    batches = List.copyOf(batches);
  }
}
