package io.candlehub.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Leaves out what Vert.x says of every message that was under way to a consumer of the bus when that one left. Streams come
 * on one event loop and are left on another, so some always are. That a consumer had too many messages waiting is said by
 * the same logger and stays. Public, because the configuration of the log names it. Safe to use from any thread.
 */
public final class LeftConsumers extends TurboFilter {
  private static final String LOGGER = "io.vertx.core.eventbus.impl.MessageConsumerImpl";
  private static final String WORDS = "Discarding message since the consumer is not registered";

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
    return format != null && format.startsWith(WORDS) && logger.getName().equals(LOGGER)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
