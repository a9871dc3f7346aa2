package io.candlehub.gateway.stream;

import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The times by which streams are served.
 *
 * @param scheduler runs what is due on the gateway's event loop
 * @param nanoClock elapsed wall time
 * @param window time over which changes of one stream are collected into one message; zero for none
 * @param linger how long a stream stays open after its last client has left
 */
public record Pace(Scheduler scheduler, LongSupplier nanoClock, Duration window, Duration linger) {
  /** Checks the values. */
  public Pace {
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(nanoClock, "nanoClock");
    if (window.isNegative() || linger.isNegative()) {
      throw new IllegalArgumentException(
          "window=" + window + " and linger=" + linger + " must not be negative");
    }
  }
}
