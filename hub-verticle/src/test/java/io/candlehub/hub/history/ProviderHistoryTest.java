package io.candlehub.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.SingleNode;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
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

  @BeforeEach
  void serve() {
    BusCodecs.register(vertx);
    vertx.eventBus().consumer(Addresses.INGEST_HISTORY, question -> {
      DeliveryOptions told = new DeliveryOptions();
      if (!reason.isEmpty()) {
        told.addHeader("source", "tradier").addHeader("fallbackReason", reason);
      }
      question.reply(BarBlock.empty(), told);
    });
  }

  @AfterEach
  void end() {
    vertx.close().await();
  }

  private String standIn(String told) {
    reason = told;
    return history
        .ask(Instrument.of("SPY"), "minute", new Range(0, 1), ProviderHistory.Priority.GAP, 0)
        .await()
        .standIn();
  }

  @Test
  void shouldSayWhoAnsweredAndWhy() {
    assertThat(standIn("")).isEmpty();
    assertThat(standIn("error")).isEqualTo("tradier (error)");
    assertThat(standIn("unsupported")).as("as good as the first one's").isEmpty();
  }

  @Test
  void shouldTellThatTheFirstProviderIsBack() {
    standIn("unhealthy");
    assertThat(history.returns()).isZero();
    standIn("");
    assertThat(history.returns()).isEqualTo(1);
  }

  @Test
  void shouldCallNobodyBackWhoFailedForSomeInstrumentsOnly() {
    standIn("error");
    standIn("");
    standIn("empty");
    standIn("");
    assertThat(history.returns()).isZero();
  }

  @Test
  void shouldCountReturnsOnceInFiveMinutes() {
    for (int second = 0; second < 600; second++) {
      standIn("unhealthy");
      standIn("");
      history.returns();
      clock.advance(1_000);
    }
    assertThat(history.returns()).isEqualTo(3);
  }
}
