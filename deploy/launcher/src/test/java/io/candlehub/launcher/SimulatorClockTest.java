package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.candlehub.model.SettingException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock against a server that answers what a test tells it to, the last answer again and again. */
@Timeout(60)
class SimulatorClockTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final long T = 1_764_860_400_000L;

  private final Vertx vertx = Vertx.vertx();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger silentFrom = new AtomicInteger(Integer.MAX_VALUE);
  private volatile Runnable onAnswer = () -> {};
  private Answer last = new Answer(500, "");
  private String url;

  private record Answer(int status, String body) {}

  @BeforeEach
  void listen() throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
    url = "http://127.0.0.1:"
        + server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    Answer next = answers.poll();
    last = next == null ? last : next;
    if (silentFrom.get() <= asked.incrementAndGet()) {
      return;
    }
    onAnswer.run();
    request.response().setStatusCode(last.status).end(last.body);
  }

  private void tell(String run, long marketMillis) {
    JsonObject clock = new JsonObject()
        .put("marketMillis", marketMillis)
        .put("speed", 1)
        .put("paused", false)
        .put("mode", "synthetic")
        .put("marketId", "sim-1")
        .put("run", run);
    answers.add(new Answer(200, clock.encode()));
  }

  private SimulatorClock follow(String address, LongSupplier nanoClock) throws Exception {
    return SimulatorClock.follow(vertx, address, "test", nanoClock, Duration.ofSeconds(30))
        .await(30, TimeUnit.SECONDS);
  }

  @Test
  void shouldWaitForASimulatorThatIsStarting() throws Exception {
    answers.addAll(List.of(new Answer(503, ""), new Answer(502, "")));
    tell("a", T);

    SimulatorClock clock = follow(url, System::nanoTime);

    assertThat(asked).hasValueGreaterThanOrEqualTo(3);
    assertThat(clock.run()).isEqualTo("a");
    assertThat(clock.millis()).isGreaterThanOrEqualTo(T);
    assertThat(clock.market().marketId()).isEqualTo("sim-1");
  }

  @Test
  void shouldNameAddressAndCauseWhenPatienceEnds() throws Exception {
    String nobody = "http://127.0.0.1:" + FreePort.find();
    AtomicLong nanos = new AtomicLong();
    LongSupplier hasty = () -> nanos.addAndGet(Duration.ofSeconds(7).toNanos());

    assertThatThrownBy(() -> follow(nobody, hasty))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(nobody + " (market.clock)")
        .hasMessageContaining("for 30 s")
        .hasMessageContaining("Connection refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | {}",
        "200 | {}",
        "200 | <html>",
        "200 | {\"marketId\":\"sim-1\",\"run\":\"a\",\"marketMillis\":\"soon\",\"speed\":1}"
      })
  void shouldRefuseWhatIsNoSimulatorAtOnce(int status, String body) {
    answers.add(new Answer(status, body));

    assertThatThrownBy(() -> follow(url, System::nanoTime))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("market.clock = '" + url)
        .hasMessageContaining("/sim/clock answers");
    assertThat(asked).hasValue(1);
  }

  @Test
  void shouldTrustASlowAnswerLessThanAnEarlierQuickOne() throws Exception {
    AtomicLong nanos = new AtomicLong();
    tell("a", T);
    tell("a", T + 100);
    silentFrom.set(3);
    onAnswer = () -> nanos.addAndGet(asked.get() == 2 ? Duration.ofSeconds(2).toNanos() : 0);

    SimulatorClock clock = follow(url, nanos::get);

    await("two answers").atMost(SOON).until(() -> asked.get() >= 3);
    assertThat(clock.millis()).isEqualTo(T + 2_000);
  }

  @Test
  void shouldTellThatTheSimulatorBeganAnewAndNeverGoBack() throws Exception {
    tell("a", T);
    SimulatorClock clock = follow(url, System::nanoTime);
    answers.add(new Answer(503, ""));
    tell("a", T + 60_000);
    await("the run goes on").atMost(SOON).until(() -> clock.millis() >= T + 60_000);
    assertThat(clock.over().isComplete()).isFalse();

    tell("b", T);
    await("the run is over").atMost(SOON).until(() -> clock.over().succeeded());

    int readings = asked.get();
    assertThat(clock.run()).isEqualTo("a");
    assertThat(clock.millis()).isGreaterThanOrEqualTo(T + 60_000);
    vertx.timer(600).await(10, TimeUnit.SECONDS);
    assertThat(asked).as("not read any more").hasValue(readings);
  }
}
