package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.Instrument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the REST client does when the provider throttles, breaks off, or nobody waits any more. */
@Timeout(30)
class MassiveRestFaultsTest {
  private static final long TEN = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();
  private static final HistoryQuery MINUTES =
      new HistoryQuery(Instrument.of("SPY"), HistoryUnit.MINUTE, TEN, TEN + 3_600_000);
  private static final String BARS = "{\"results\":[{\"t\":" + TEN
      + ",\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"v\":5}],\"status\":\"OK\"}";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanosAhead = new AtomicLong();
  private Vertx vertx;
  private FakeRest server;
  private Context context;
  private MassiveRest rest;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server = new FakeRest(vertx);
    server.start();
    MassiveConfig config =
        MassiveConfig.from(Map.of("massive.api-key", "test-key", "massive.rest-url", server.url()));
    context = vertx.getOrCreateContext();
    ProviderContext surroundings = new ProviderContext(
        vertx,
        new MovableClock(TEN + 1_800_000),
        InstantSource.system(),
        () -> System.nanoTime() + nanosAhead.get(),
        new VertxScheduler(vertx),
        () -> 0,
        events -> {},
        alert -> {},
        new FeedMeters(registry, "massive"));
    RestPages pages = run(() -> Future.succeededFuture(new RestPages(config, surroundings)));
    rest = new MassiveRest(pages, surroundings.meters());
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void shouldAskOnceMoreWhenAKeptConnectionBreaks() {
    AtomicInteger count = new AtomicInteger();
    server.answer(request -> {
      if (count.incrementAndGet() == 2) {
        request.connection().close();
      } else {
        request.response().end(BARS);
      }
    });
    history();

    assertThat(history().bars().size()).isEqualTo(1);
    assertThat(server.requests()).hasSize(3);
    assertThat(requests("broken")).isEqualTo(1);
    assertThat(requests("ok")).isEqualTo(2);
  }

  @Test
  void shouldGiveUpWhenTheSecondConnectionBreaksToo() {
    server.answer(request -> request.connection().close());

    assertThat(failure(this::ask).code()).isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void shouldNotAskAgainWhenAnAnswerBreaksOff() {
    server.answer(request -> request
        .response()
        .setChunked(true)
        .write("{\"results\":[")
        .onSuccess(written -> request.connection().close()));

    assertThat(failure(this::ask).code()).isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldReportManyThrottledAnswersOnce() {
    List<Promise<Void>> held = new ArrayList<>();
    Promise<Void> all = Promise.promise();
    server.answer(request -> {
      Promise<Void> answer = Promise.promise();
      answer.future().onSuccess(ignored -> request.response().setStatusCode(429).end());
      held.add(answer);
      if (held.size() == 5) {
        all.complete();
      }
    });
    List<Future<History>> asked = run(
        () -> Future.succeededFuture(IntStream.range(0, 5).mapToObj(i -> ask()).toList()));
    all.future().await();
    held.forEach(Promise::complete);
    Future.join(asked).otherwiseEmpty().await();

    assertThat(asked).allMatch(Future::failed);
    assertThat(requests("throttled")).isEqualTo(5);
    assertThat(registry.get("candlehub.ingest.throttles").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldWaitLongerEachTimeItIsThrottledAgain() {
    server.answer(429, "");
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long wait = failure(this::ask).retryAfterMillis();
      waits.add(Math.round(wait / 1_000.0));
      nanosAhead.addAndGet(wait * 1_000_000 + 1_000_000_000L);
    }
    nanosAhead.addAndGet(120_000_000_000L);
    waits.add(Math.round(failure(this::ask).retryAfterMillis() / 1_000.0));

    assertThat(waits).containsExactly(12L, 24L, 40L, 40L, 12L);
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void shouldObeyADateAndAServiceThatIsUnavailableForATime() {
    server.answer(request -> request
        .response()
        .setStatusCode(503)
        .putHeader("Date", "Mon, 01 Dec 2025 15:00:00 GMT")
        .putHeader("Retry-After", "Mon, 01 Dec 2025 15:00:20 GMT")
        .end());

    FailureException failure = failure(this::ask);

    assertThat(failure.code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(failure.retryAfterMillis()).isBetween(19_000L, 20_000L);
  }

  @Test
  void shouldResetTheRequestNobodyWaitsForAnyMore() {
    Promise<Void> arrived = Promise.promise();
    Promise<Void> reset = Promise.promise();
    server.answer(request -> {
      request.connection().closeHandler(closed -> reset.tryComplete());
      arrived.complete();
    });
    Errand errand = new Errand(Priority.CHART);
    Future<Future<History>> asked =
        Future.succeededFuture(run(() -> Future.succeededFuture(rest.history(MINUTES, errand))));
    arrived.future().await();
    run(() -> {
      errand.drop();
      return Future.succeededFuture();
    });
    reset.future().await();

    assertThat(FailureException.of(asked.result().cause()).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(requests("cancelled")).isEqualTo(1);
  }

  @Test
  void shouldSendNothingForAnErrandThatWasDroppedBefore() {
    Errand errand = new Errand(Priority.CHART);
    errand.drop();

    assertThat(failure(() -> rest.history(MINUTES, errand)).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldReadWhatTheMarketDoes() {
    server.answer(
        200,
        "{\"market\":\"extended-hours\",\"earlyHours\":true,\"afterHours\":false,"
            + "\"serverTime\":\"2025-12-01T08:50:05-05:00\",\"exchanges\":{\"nyse\":\"extended-hours\","
            + "\"otc\":\"closed\",\"x y\":\"open\",\"bad\":5},\"currencies\":{\"fx\":\"open\"}}");

    assertThat(run(rest::marketStatus))
        .isEqualTo(new MarketStatus(
            "extended-hours",
            Map.of("nyse", "extended-hours", "otc", "closed"),
            "2025-12-01T08:50:05-05:00",
            true,
            false,
            TEN + 1_800_000));
    assertThat(server.requests().get(0).path()).isEqualTo("/v1/marketstatus/now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "{}", "{\"market\":5}", "{\"market\":\"<b>\"}", "{\"market\":"})
  void shouldNotBelieveAMarketStatusThatIsNone(String body) {
    server.answer(200, body);

    assertThat(failure(rest::marketStatus).code()).isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldNotBelieveAMarketStatusWithoutEnd() {
    server.answer(200, "{\"market\":\"open\",\"x\":\"" + "y".repeat(100_000) + "\"}");

    assertThat(failure(rest::marketStatus).code()).isEqualTo(Failure.PROVIDER_ERROR);
  }

  private Future<History> ask() {
    return rest.history(MINUTES, new Errand(Priority.CHART));
  }

  private History history() {
    return run(this::ask);
  }

  private <T> T run(Supplier<Future<T>> request) {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(ignored -> request.get().onComplete(outcome));
    return outcome.future().await();
  }

  private <T> FailureException failure(Supplier<Future<T>> request) {
    return (FailureException) catchThrowable(() -> run(request));
  }

  private double requests(String outcome) {
    return registry
        .get("candlehub.ingest.rest.requests")
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
