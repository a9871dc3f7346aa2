package io.candlehub.gateway.stream;

import java.util.Objects;

/**
 * A place in a chart stream (contract §4, Streams).
 *
 * @param epoch the stream's continuity
 * @param seq the last change seen, not negative
 */
public record Position(String epoch, long seq) {
  /** The place before everything: whoever stands here needs a snapshot. */
  public static final Position START = new Position("", 0);

  /** Checks the values. */
  public Position {
    Objects.requireNonNull(epoch, "epoch");
    if (seq < 0) {
      throw new IllegalArgumentException("seq=" + seq + " must not be negative");
    }
  }
}
