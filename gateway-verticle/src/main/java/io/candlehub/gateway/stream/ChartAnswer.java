package io.candlehub.gateway.stream;

import io.candlehub.model.ChartMessage;
import java.util.Objects;

/**
 * The hub's answer to a chart command.
 *
 * @param message a snapshot, or the update that continues the position asked for
 * @param demand how the stream is fed: live, quiet, closed, polling or pending (contract §4)
 */
public record ChartAnswer(ChartMessage message, String demand) {
  /** Checks presence. */
  public ChartAnswer {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(demand, "demand");
  }
}
