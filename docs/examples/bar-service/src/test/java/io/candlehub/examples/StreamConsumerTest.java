package io.candlehub.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.Failure;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StreamConsumerTest {
  private static final StreamKey STREAM = new StreamKey(
      Instrument.of("SPY"), Timeframe.parse("1m").orElseThrow(), SessionMode.EXTENDED);
  private static final Health HEALTH = new Health(
      HealthMode.LIVE, HealthSource.WS, "fake", 0, 0, false, 0, 0, List.of(), "open", "");
  private static final SessionInfo SESSION = new SessionInfo(false, false, false, "1m", "");

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Message<JsonObject>> questions = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonObject> demands = new LinkedBlockingQueue<>();
  private final BlockingQueue<Bar> printed = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws Exception {
    vertx.eventBus().consumer(Addresses.COMMAND_CHART, questions::add);
    vertx.eventBus().<JsonObject>consumer(Addresses.COMMAND_DEMAND, message -> {
      demands.add(message.body());
      message.reply(new JsonObject());
    });
    FinalBars bars = new FinalBars();
    vertx
        .deployVerticle(
            new StreamConsumer(STREAM, "me", message -> printed.addAll(bars.of(message))))
        .await(5, TimeUnit.SECONDS);
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void shouldDemandTheStreamWhileItRuns() throws Exception {
    assertThat(demands.take().getJsonArray("topics")).containsExactly("md.chart.1m.SPY");
    vertx.eventBus().publish(Addresses.HUB_OWNER, new JsonObject());
    assertThat(demands.take().getString("owner")).isEqualTo("me");
    vertx.deploymentIDs().forEach(id -> vertx.undeploy(id).await());
    assertThat(demands.take().getJsonArray("topics")).isEmpty();
  }

  @Test
  void shouldPrintEachFinalBarOnceThoughItIsToldAgain() throws Exception {
    answer(snapshot(3, bar(0, 0), live(1)));
    publish(7, update(3, 5, bar(1, 0), live(2)));
    publish(8, update(2, 6, bar(0, 0), bar(1, 0), bar(2, 0)));
    publish(8, update(6, 7, bar(1, 1)));

    assertThat(next()).isEqualTo(bar(0, 0));
    assertThat(next()).isEqualTo(bar(1, 0));
    assertThat(next()).isEqualTo(bar(2, 0));
    assertThat(next()).isEqualTo(bar(1, 1));
    assertThat(printed).isEmpty();
  }

  @Test
  void shouldAskForWhatItMissed() throws Exception {
    answer(snapshot(3, bar(0, 0)));
    publish(7, update(4, 5, bar(2, 0)));
    Message<JsonObject> question = questions.take();
    publish(7, update(5, 6, bar(3, 0)));
    question.reply(ChartJson.body(update(3, 5, bar(1, 0), bar(2, 0))));

    assertThat(question.body().getJsonObject("since"))
        .isEqualTo(new JsonObject().put("epoch", "e").put("seq", 3));
    for (int minute = 0; minute < 4; minute++) {
      assertThat(next()).isEqualTo(bar(minute, 0));
    }
  }

  @Test
  void shouldNotHearAHubThatWasReplaced() throws Exception {
    answer(snapshot(3, bar(0, 0)));
    publish(8, update(3, 4, bar(1, 0)));
    publish(7, update(4, 5, bar(2, 0)));
    publish(8, update(4, 5, bar(3, 0)));

    assertThat(List.of(next(), next(), next())).containsExactly(bar(0, 0), bar(1, 0), bar(3, 0));
  }

  @Test
  void shouldAskAgainWhileNobodyOwnsTheSymbol() throws Exception {
    Failure.UNAVAILABLE.because("moving", 1).replyTo(questions.take());
    answer(snapshot(3, bar(0, 0)));
    assertThat(next()).isEqualTo(bar(0, 0));
  }

  private Bar next() throws InterruptedException {
    return printed.take();
  }

  private void answer(ChartMessage chart) throws InterruptedException {
    questions.take().reply(ChartJson.body(chart));
  }

  private void publish(long term, ChartUpdate update) {
    vertx
        .eventBus()
        .publish(
            Addresses.chart(STREAM),
            ChartJson.body(update),
            new DeliveryOptions().addHeader("term", Long.toString(term)));
  }

  private static ChartSnapshot snapshot(long seq, Bar... bars) {
    return new ChartSnapshot(
        STREAM, "SPY", List.of(bars), List.of(), HEALTH, SESSION, "e", seq, 0, List.of());
  }

  private static ChartUpdate update(long fromSeq, long seq, Bar... bars) {
    return new ChartUpdate(STREAM, List.of(bars), List.of(), HEALTH, SESSION, "e", fromSeq, seq);
  }

  private static Bar live(int minute) {
    return bar(minute, BarState.LIVE, 0);
  }

  private static Bar bar(int minute, int revision) {
    return bar(minute, revision == 0 ? BarState.FINAL : BarState.REVISED, revision);
  }

  private static Bar bar(int minute, BarState state, int revision) {
    return new Bar(
        60_000L * minute, 1, 3, 1, 2, 10, 2, 4, state, revision, BarSource.LIVE, Double.NaN);
  }
}
