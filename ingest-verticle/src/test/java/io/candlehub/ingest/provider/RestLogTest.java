package io.candlehub.ingest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ToldLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(10)
class RestLogTest {
  @RegisterExtension
  final ToldLog told = new ToldLog(RestLog.class);

  private final AtomicLong nanos = new AtomicLong();
  private final RestLog log = new RestLog("some.api-key", nanos::get);

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
    assertThat(told.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "request failed [endpoint: chain, subject: S0, kind: error, status: 500]",
            "request failed [endpoint: quotes, subject: S0, kind: error, status: 500]",
            "request failed [endpoint: quotes, subject: S0, kind: timeout, status: 500]");
    assertThat(told.events()).allMatch(event -> event.getLevel() == Level.WARN);
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

    assertThat(told.events())
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
    assertThat(told.events()).hasSize(1);
    log.answered("chain");
    log.answered("chain");
    fail("chain", "SPY", "error");
    assertThat(told.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "request failed [endpoint: chain, subject: SPY, kind: error, status: 500]",
            "requests are answered again [endpoint: chain, kind: error, failed: 2]",
            "request failed [endpoint: chain, subject: SPY, kind: error, status: 500]");
  }
}
