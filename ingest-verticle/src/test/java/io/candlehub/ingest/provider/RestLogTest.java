package io.candlehub.ingest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.Priority;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(10)
class RestLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(RestLog.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private final RestLog log = new RestLog("some.api-key", nanos::get);

  @BeforeEach
  void listen() {
    told.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(told);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(told);
    logger.setLevel(null);
  }

  private void fail(String endpoint, String subject, String word) {
    log.failed(
        new RestClient.Request("", endpoint, subject, "none", new Errand(Priority.READER)),
        word,
        "status: 500");
  }

  @Test
  void shouldTellEveryKindOfFailureOnce() {
    for (int i = 0; i < 100; i++) {
      fail("chain", "S" + i, "error");
      fail("quotes", "S" + i, "error");
      fail("quotes", "S" + i, "timeout");
      log.answered("chain");
    }
    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "request failed [endpoint: chain, subject: S0, kind: error, status: 500]",
            "request failed [endpoint: quotes, subject: S0, kind: error, status: 500]",
            "request failed [endpoint: quotes, subject: S0, kind: timeout, status: 500]");
    assertThat(told.list).allMatch(event -> event.getLevel() == Level.WARN);
  }

  @Test
  void shouldTellOnceThatTheKeyIsRefusedAndWhenItIsAcceptedAgain() {
    for (String endpoint : List.of("chain", "quotes", "chain")) {
      log.keyRefused(
          new RestClient.Request("", endpoint, "SPY", "none", new Errand(Priority.READER)));
      log.answered("clock");
    }
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    log.answered("quotes");
    log.answered("quotes");

    assertThat(told.list)
        .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
        .containsExactly(
            "ERROR the provider refuses the key or token of an account [setting: some.api-key]",
            "INFO the provider accepts the key or token again [setting: some.api-key, refused: 3]");
  }

  @Test
  void shouldTellWhenItIsOverAndWhenItBeginsAnew() {
    fail("chain", "SPY", "error");
    fail("chain", "QQQ", "error");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
    log.answered("chain");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    log.answered("quotes");
    assertThat(told.list).hasSize(1);
    log.answered("chain");
    log.answered("chain");
    fail("chain", "SPY", "error");
    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "request failed [endpoint: chain, subject: SPY, kind: error, status: 500]",
            "requests are answered again [endpoint: chain, kind: error, failed: 2]",
            "request failed [endpoint: chain, subject: SPY, kind: error, status: 500]");
  }
}
