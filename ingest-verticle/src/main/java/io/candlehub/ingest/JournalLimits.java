package io.candlehub.ingest;

import io.candlehub.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How much of the feed is kept for hubs that have to catch up.
 *
 * @param keep for how long at least, as far as the memory goes
 * @param totalBytes the memory of all shards together
 */
public record JournalLimits(Duration keep, long totalBytes) {
  private static final int SHARE = 4;

  /** A hub rebuilds up to two minutes before what it knows, and the journal forgets in steps. */
  private static final int REBUILT_SECONDS = 130;

  static final Setting<Integer> SECONDS = Setting.integer(
      "ingest.journal-seconds",
      REBUILT_SECONDS,
      10,
      3_600,
      "Seconds for which what a provider streamed is kept for a hub that takes over from another, as far as"
          + " ingest.journal-mb allows.");

  static final Setting<Integer> MEGABYTES = Setting.integer(
      "ingest.journal-mb",
      256,
      8,
      65_536,
      "Most megabytes that the streamed events kept for hubs may take; unused on a node alone.");

  static final List<Setting<?>> SETTINGS = List.of(SECONDS, MEGABYTES);

  /** Checks the values. */
  public JournalLimits {
    if (keep.isNegative() || totalBytes <= 0) {
      throw new IllegalArgumentException("keep " + keep + ", bytes " + totalBytes);
    }
  }

  static JournalLimits from(Map<String, String> values) {
    return new JournalLimits(
        Duration.ofSeconds(SECONDS.from(values)), (long) MEGABYTES.from(values) << 20);
  }

  /** Returns the most that one shard may take, so that a single busy one cannot push out all others. */
  long shardBytes() {
    return totalBytes / SHARE;
  }
}
