package io.candlehub.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How far a hub node has come with the feed, for all shards it received frames of since the last message. Sent to
 * {@link Addresses#INGEST_ACK} without reply; losing one does no harm, because the next one says more.
 *
 * @param node the hub's node
 * @param provider whose feed
 * @param ingestTerm term of the frames
 * @param shards one entry a shard, never {@code EVERY_SHARD}
 */
public record FeedAcks(String node, String provider, long ingestTerm, List<ShardAck> shards) {
  /** Copies the list and checks presence. */
  public FeedAcks {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(provider, "provider");
    shards = List.copyOf(shards);
  }

  /**
   * How far a hub has come with a shard.
   *
   * @param shard which
   * @param shardTerm term under which the hub owns it; acknowledgements of a lower term than the highest seen are void
   * @param appliedSeq every event below it is applied; lets ingest send more
   * @param safeSeq every event below it survives the hub, because its standby has it too or there is none; lets ingest
   *     forget, and is where ingest begins to send when the shard's owner changes
   */
  public record ShardAck(int shard, long shardTerm, long appliedSeq, long safeSeq) {}

  /** Returns the message's body. */
  public JsonObject toJson() {
    JsonArray list = new JsonArray();
    shards.forEach(ack -> list.add(
        new JsonArray().add(ack.shard).add(ack.shardTerm).add(ack.appliedSeq).add(ack.safeSeq)));
    return new JsonObject()
        .put("node", node)
        .put("provider", provider)
        .put("ingestTerm", ingestTerm)
        .put("shards", list);
  }

  /** Reads a message's body. */
  public static FeedAcks of(JsonObject json) {
    JsonArray list = json.getJsonArray("shards");
    return new FeedAcks(
        json.getString("node"),
        json.getString("provider"),
        json.getLong("ingestTerm"),
        IntStream.range(0, list.size())
            .mapToObj(list::getJsonArray)
            .map(ack ->
                new ShardAck(ack.getInteger(0), ack.getLong(1), ack.getLong(2), ack.getLong(3)))
            .toList());
  }
}
