package io.candlehub.gateway.stream;

import io.candlehub.model.ChartMessage;
import java.util.Objects;

/**
 * The hub's answer to a chart command.
 *
 * @param message a snapshot, or the update that continues the position asked for
 * @param demand how the stream is fed: live, quiet, closed, polling or pending (contract §4)
 * @param term the term its sender owns the shard under; empty if it knows of none
 */
public record ChartAnswer(ChartMessage message, String demand, String term) {
  /** Checks presence. */
  public ChartAnswer {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(demand, "demand");
    Objects.requireNonNull(term, "term");
  }
}
