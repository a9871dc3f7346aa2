package io.candlehub.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.SingleNode;
import io.candlehub.hub.candle.AnswerWorth;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.Origin;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProviderHistoryTest {
  private final Vertx vertx = Vertx.vertx();
  private final ManualClock clock = new ManualClock(0);
  private final ProviderHistory history = new ProviderHistory(
      new IngestLink(
          vertx.eventBus(),
          new SingleNode(Set.of(), InstantSource.system()),
          new VertxScheduler(vertx),
          "massive"),
      clock,
      clock);
  private volatile String reason = "";
  private volatile boolean doubted;

  @BeforeEach
  void serve() {
    BusCodecs.register(vertx);
    vertx.eventBus().consumer(Addresses.INGEST_HISTORY, question -> {
      DeliveryOptions told = new DeliveryOptions();
      if (!reason.isEmpty()) {
        told.addHeader("source", "tradier").addHeader("fallbackReason", reason);
      }
      if (doubted) {
        told.addHeader("doubted", "true");
      }
      question.reply(BarBlock.empty(), told);
    });
  }

  @AfterEach
  void end() {
    vertx.close().await();
  }

  private AnswerWorth worth(String told) {
    reason = told;
    return history
        .ask(Instrument.of("SPY"), "minute", new Range(0, 1), ProviderHistory.Priority.GAP, 0)
        .await()
        .worth();
  }

  @Test
  void shouldSayWhoAnsweredAndWhy() {
    assertThat(worth("")).isEqualTo(AnswerWorth.WHOLE);
    assertThat(worth("error")).isEqualTo(AnswerWorth.toldBy(new Origin("tradier", "error")));
    assertThat(worth("unsupported")).as("as good as the first one's").isEqualTo(AnswerWorth.WHOLE);
  }

  @Test
  void shouldDoubtWhatNobodyConfirmed() {
    doubted = true;
    assertThat(worth("")).isEqualTo(AnswerWorth.DOUBTED);
    assertThat(worth("unsupported")).isEqualTo(AnswerWorth.DOUBTED);
    assertThat(worth("error")).isEqualTo(AnswerWorth.toldBy(new Origin("tradier", "error")));
  }

  @Test
  void shouldTellThatTheFirstProviderIsBack() {
    worth("unhealthy");
    assertThat(history.returns()).isZero();
    worth("");
    assertThat(history.returns()).isEqualTo(1);
  }

  @Test
  void shouldCallNobodyBackWhoFailedForSomeInstrumentsOnly() {
    worth("error");
    worth("");
    worth("empty");
    worth("");
    assertThat(history.returns()).isZero();
  }

  @Test
  void shouldCountReturnsOnceInFiveMinutes() {
    for (int second = 0; second < 600; second++) {
      worth("unhealthy");
      worth("");
      history.returns();
      clock.advance(1_000);
    }
    assertThat(history.returns()).isEqualTo(3);
  }
}
