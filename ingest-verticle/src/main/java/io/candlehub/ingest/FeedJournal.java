package io.candlehub.ingest;

import io.candlehub.cluster.Shards;
import io.candlehub.model.feed.FeedEvent;
import java.util.List;

/**
 * The journals of all shards under one term. Whatever is young, and whatever is not safe yet, is kept within two bounds
 * of memory: that of a shard, and that of all together. Beyond them the oldest is forgotten first, safe or not.
 * Confined to one event loop.
 */
final class FeedJournal {
  private final JournalLimits limits;
  private final ShardJournal[] shards = new ShardJournal[Shards.COUNT];
  private long bytes;
  private long overruns;

  /**
   * Creates empty journals.
   *
   * @param beginMillis wall time from which on they have everything
   */
  FeedJournal(JournalLimits limits, long beginMillis) {
    this.limits = limits;
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] = new ShardJournal(beginMillis);
    }
  }

  /** Returns a shard's journal for reading. */
  ShardJournal shard(int shard) {
    return shards[shard];
  }

  /** Appends events of a shard and returns their length as bytes. */
  int append(int shard, List<FeedEvent> events, long nowMillis) {
    ShardJournal journal = shards[shard];
    long before = journal.bytes();
    journal.expire(nowMillis - limits.keep().toMillis());
    int length = journal.append(events, nowMillis);
    while (journal.bytes() > limits.shardBytes() && journal.hasSeveralParts()) {
      overruns += journal.forgetOldest();
    }
    bytes += journal.bytes() - before;
    boolean forgotten = true;
    while (bytes > limits.totalBytes() && forgotten) {
      forgotten = forgetOldest(journal);
    }
    return length;
  }

  /** Forgets what is old and safe in every shard. */
  void expire(long nowMillis) {
    bytes = 0;
    for (ShardJournal journal : shards) {
      journal.expire(nowMillis - limits.keep().toMillis());
      bytes += journal.bytes();
    }
  }

  /** Returns how much memory they take. */
  long bytes() {
    return bytes;
  }

  /** Returns the age of the oldest event there is, 0 if there is none. */
  long ageMillis(long nowMillis) {
    long oldest = nowMillis;
    for (ShardJournal journal : shards) {
      oldest = Math.min(oldest, journal.oldestMillis());
    }
    return nowMillis - oldest;
  }

  /** Returns how many events were forgotten before they were safe. */
  long overruns() {
    return overruns;
  }

  private boolean forgetOldest(ShardJournal justWritten) {
    ShardJournal oldest = null;
    for (ShardJournal journal : shards) {
      boolean spare = journal != justWritten || journal.hasSeveralParts();
      if (spare && (oldest == null || journal.oldestMillis() < oldest.oldestMillis())) {
        oldest = journal;
      }
    }
    if (oldest == null || oldest.oldestMillis() == Long.MAX_VALUE) {
      return false;
    }
    long before = oldest.bytes();
    overruns += oldest.forgetOldest();
    bytes += oldest.bytes() - before;
    return true;
  }
}
