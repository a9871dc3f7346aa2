package io.candlehub.model.feed;

import java.util.List;
import java.util.Objects;

/**
 * Events of one feed that concern one shard, in the order the provider sent them: a frame of the feed from ingest to
 * the shard's hub. {@link FeedParcel} tells how frames travel.
 *
 * <p><b>Numbers.</b> Ingest counts the events of each shard gaplessly from 0 under each of its terms. A frame is
 * therefore {@code (ingestTerm, shard, firstSeq)} and carries the numbers {@code firstSeq} to {@link #endSeq()} less
 * one. A hub drops frames of a lower term than the highest it has seen and events below its own position, and asks for
 * a replay when a frame begins above it. A higher term means that another ingest node took over (or the same one
 * again): all positions start at 0, what was sent by the old one and never arrived is known to nobody, so that the time
 * since the last event counts as not seen until history has told it; and the hub tells its demand again at once.
 *
 * <p><b>Every shard.</b> {@link FeedStatus} and {@link TopicStatus} concern everybody. They travel in frames of shard
 * {@link #EVERY_SHARD} to every hub, in order with the data frames around them, with numbers of their own. A frame of it
 * without events tells the position: it is sent every second, so that a hub notices a lost last one, or a new term. A
 * hub with a hole there asks for the replay of shard -1, which is the complete present status. On a node alone all
 * events travel in frames of shard -1, and nothing is acknowledged.
 *
 * @param provider the provider's id
 * @param ingestTerm term of the lease under which ingest received the events
 * @param shard 0 to 63, or {@link #EVERY_SHARD}
 * @param firstSeq number of the first event
 * @param receivedMillis wall time at which ingest received the first event; rises within a shard and term
 * @param events the events; may be empty only for {@link #EVERY_SHARD}
 */
public record FeedBatch(
    String provider,
    long ingestTerm,
    int shard,
    long firstSeq,
    long receivedMillis,
    List<FeedEvent> events) {
  /** The shard of frames that go to every hub. */
  public static final int EVERY_SHARD = -1;

  /** Copies the list and checks the values. */
  public FeedBatch {
    Objects.requireNonNull(provider, "provider");
    events = List.copyOf(events);
    if (shard < EVERY_SHARD || firstSeq < 0) {
      throw new IllegalArgumentException("no frame: shard " + shard + ", first " + firstSeq);
    }
  }

  /** Returns the number after the last event's. */
  public long endSeq() {
    return firstSeq + events.size();
  }
}
