package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class CauseInOneLineTest {
  private static final String BUS = "io.vertx.core.eventbus.impl.clustered.ClusteredEventBus";
  private final Exception refused =
      new IllegalStateException("no connection", new IllegalStateException("connection refused"));

  private final AtomicLong nanos = new AtomicLong();
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  @BeforeEach
  void configure() {
    CauseInOneLine filter = new CauseInOneLine(nanos::get);
    filter.addOf(BUS);
    context.addTurboFilter(filter);
    Logger root = context.getLogger("ROOT");
    root.setLevel(Level.INFO);
    told.start();
    root.addAppender(told);
  }

  @Test
  void shouldTellTheCauseWithoutATraceAndOnce() {
    Logger bus = context.getLogger(BUS);
    bus.warn("connecting to {} failed", "a", refused);
    bus.warn("connecting to {} failed", "a", refused);
    bus.warn("connecting to {} failed", "b", refused);
    nanos.addAndGet(10_000_000_000L);
    bus.warn("connecting to {} failed", "a", refused);

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "connecting to a failed [cause: connection refused]",
            "connecting to b failed [cause: connection refused]",
            "connecting to a failed [cause: connection refused]");
    assertThat(told.list).allMatch(event -> event.getThrowableProxy() == null);
    assertThat(told.list).allMatch(event -> event.getLevel() == Level.WARN);
  }

  @Test
  void shouldLeaveOtherFailuresAsTheyAre() {
    context.getLogger("io.candlehub").error("unexpected", refused);
    context.getLogger(BUS).debug("not wanted", refused);
    context.getLogger(BUS).info("all is well");

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("unexpected", "all is well");
    assertThat(told.list.get(0).getThrowableProxy()).isNotNull();
  }

  @Test
  void shouldNotTakeOurOwnMistakesForThoseOfTheBus() {
    Exception ours = new IllegalStateException("Promise already completed");
    Exception theirs = new IllegalStateException("Promise already completed");
    theirs.setStackTrace(new StackTraceElement[] {new StackTraceElement(BUS, "send", "", 1)});
    Logger contexts = context.getLogger("io.vertx.core.impl.ContextImpl");
    contexts.error("Unhandled exception", ours);
    contexts.error("Unhandled exception", theirs);

    assertThat(told.list)
        .extracting(event -> event.getThrowableProxy() == null)
        .containsExactly(false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logback-text.xml", "logback-json.xml"})
  void shouldBeInTheProgramsLog(String file) throws Exception {
    LoggerContext program = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(program);
    configurator.doConfigure(getClass().getClassLoader().getResource(file));
    Logger root = program.getLogger("ROOT");
    root.detachAndStopAllAppenders();
    root.addAppender(told);
    program.getLogger(BUS).warn("connecting failed", refused);

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("connecting failed [cause: connection refused]");
  }
}
