package io.candlehub.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.EventArgUtil;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Has libraries tell a failure that is nobody's fault here in one line with its cause, without a stack trace, and the same
 * one not again for ten seconds: when a node dies, every message to it fails. Public, with setters as Logback wants them,
 * because the configuration of the log names it. Safe to use from any thread.
 */
public final class CauseInOneLine extends TurboFilter {
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_REMEMBERED = 100;
  private static final String BUS = "io.vertx.core.eventbus.impl.";

  private final LongSupplier nanoClock;
  private final Set<String> loggers = new HashSet<>();
  private final Map<String, Long> toldNanos = new LinkedHashMap<>();

  /** Creates the filter for Logback. */
  public CauseInOneLine() {
    this(System::nanoTime);
  }

  CauseInOneLine(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Adds the name of a logger whose failures are told this way. */
  public void addOf(String logger) {
    loggers.add(logger);
  }

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
    Throwable failure = t == null ? EventArgUtil.extractThrowable(params) : t;
    if (failure == null
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())
        || !(loggers.contains(logger.getName()) || isSecondAnswer(failure))) {
      return FilterReply.NEUTRAL;
    }
    String line = MessageFormatter.basicArrayFormat(format, params) + " [cause: "
        + Causes.root(failure) + "]";
    if (isNews(line)) {
      int number = Level.toLocationAwareLoggerInteger(level);
      logger.log(marker, CauseInOneLine.class.getName(), number, "{}", new Object[] {line}, null);
    }
    return FilterReply.DENY;
  }

  /** Vert.x ends the promise of a publication once for each node that cannot be reached. */
  private static boolean isSecondAnswer(Throwable failure) {
    if (!"Promise already completed".equals(failure.getMessage())) {
      return false;
    }
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith(BUS)) {
        return true;
      }
    }
    return false;
  }

  private synchronized boolean isNews(String line) {
    long now = nanoClock.getAsLong();
    toldNanos.values().removeIf(told -> now - told >= SILENCE_NANOS);
    if (toldNanos.containsKey(line)) {
      return false;
    }
    if (toldNanos.size() >= MOST_REMEMBERED) {
      toldNanos.clear();
    }
    toldNanos.put(line, now);
    return true;
  }
}
