package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.FailureException;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The provider's client against a {@link FakeTradier} at half past ten on a Monday in New York. */
abstract class TradierFixture {
  static final long NOW = Instant.parse("2025-12-01T15:30:00Z").toEpochMilli();
  static final Instrument SPY = Instrument.of("SPY");
  static final Instrument SPX = Instrument.of("I:SPX");
  static final Instrument CALL = Instrument.of("O:SPY251219C00650000");

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AtomicLong nanosAhead = new AtomicLong();
  Vertx vertx;
  FakeTradier server;
  Context context;
  TradierProvider provider;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server = new FakeTradier(vertx);
    server.start();
    open(Map.of());
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Opens the client with settings beyond those that lead to the server. */
  void open(Map<String, String> settings) {
    Map<String, String> values = new HashMap<>(settings);
    values.putIfAbsent("tradier.access-token", FakeTradier.TOKEN);
    values.put("tradier.base-url", server.url());
    values.put("tradier.ws-url", server.wsUrl());
    context = vertx.getOrCreateContext();
    provider = run(() ->
        Future.succeededFuture(new TradierProvider(TradierConfig.from(values), providerContext())));
  }

  private ProviderContext providerContext() {
    return new ProviderContext(
        vertx,
        new ManualClock(NOW),
        InstantSource.system(),
        () -> System.nanoTime() + nanosAhead.get(),
        new VertxScheduler(vertx),
        () -> 0,
        events -> {},
        alert -> {},
        new FeedMeters(registry, "tradier"));
  }

  <T> T run(Supplier<Future<T>> question) {
    return begin(question).await();
  }

  <T> Future<T> begin(Supplier<Future<T>> question) {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(ignored -> question.get().onComplete(outcome));
    return outcome.future();
  }

  <T> FailureException failure(Supplier<Future<T>> question) {
    return (FailureException) catchThrowable(() -> run(question));
  }

  double violations(String kind) {
    return registry
        .get("candlehub.ingest.violations")
        .tag("kind", kind)
        .counter()
        .count();
  }
}
