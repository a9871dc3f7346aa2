package io.candlehub.hub.history;

import io.candlehub.model.StreamKey;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A reader's question for bars of a range (contract §3).
 *
 * @param key whose bars
 * @param from first start, included, if the reader says one
 * @param to last start, included, if the reader says one
 * @param limit most bars to return, positive
 * @param adjusted true to adjust for splits
 */
public record HistoryQuestion(
    StreamKey key, OptionalLong from, OptionalLong to, int limit, boolean adjusted) {
  /** Checks the limit. */
  public HistoryQuestion {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    if (limit < 1) {
      throw new IllegalArgumentException("limit=" + limit + " must be positive");
    }
  }

  /** Returns the same question for other bars. */
  public HistoryQuestion of(StreamKey other) {
    return new HistoryQuestion(other, from, to, limit, adjusted);
  }
}
