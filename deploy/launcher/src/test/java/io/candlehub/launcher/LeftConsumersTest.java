package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(10)
class LeftConsumersTest {
  private static final String CONSUMER = "io.vertx.core.eventbus.impl.MessageConsumerImpl";

  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  @ParameterizedTest
  @ValueSource(strings = {"logback-text.xml", "logback-json.xml"})
  void shouldLeaveOutMessagesToAConsumerThatLeft(String file) throws Exception {
    LoggerContext program = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(program);
    configurator.doConfigure(getClass().getClassLoader().getResource(file));
    listen(program.getLogger("ROOT"));
    Logger consumer = program.getLogger(CONSUMER);
    consumer.warn("Discarding message since the consumer is not registered. address: md.chain.SPY");
    consumer.warn("Discarding message as more than 1000 buffered in paused consumer. address: a");
    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("more than 1000");
  }

  /** The words are those of Vert.x: a new version may have others. */
  @Test
  void shouldKnowTheWordsOfVertx() throws Exception {
    Logger consumers = (Logger) LoggerFactory.getLogger(CONSUMER);
    consumers.setLevel(Level.WARN);
    listen(consumers);
    Vertx vertx = Vertx.vertx();
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    vertx.getOrCreateContext().runOnContext(loop -> {
      MessageConsumer<String> consumer = vertx.eventBus().consumer("a", message -> {});
      consumer.completion().onComplete(done -> {
        new Thread(() -> {
              vertx.eventBus().publish("a", "text");
              sent.countDown();
            })
            .start();
        await(sent);
        consumer.unregister().onComplete(gone -> left.countDown());
      });
    });
    left.await();
    vertx.close().await();
    consumers.detachAppender(told);
    consumers.setLevel(null);
    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(line ->
            assertThat(line).startsWith("Discarding message since the consumer is not registered"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void listen(Logger logger) {
    told.start();
    logger.addAppender(told);
  }
}
