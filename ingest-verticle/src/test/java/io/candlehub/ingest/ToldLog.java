package io.candlehub.ingest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What a class tells the log from {@code INFO} on while a test runs. */
public final class ToldLog implements BeforeEachCallback, AfterEachCallback {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  /** Creates a listener to a class. */
  public ToldLog(Class<?> teller) {
    logger = (Logger) LoggerFactory.getLogger(teller);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    told.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(told);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    logger.detachAppender(told);
    logger.setLevel(null);
  }

  /** Returns what was told so far, oldest first. */
  public List<ILoggingEvent> events() {
    return List.copyOf(told.list);
  }
}
