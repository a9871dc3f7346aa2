package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.FailureException;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.ProviderContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The pages of a {@link FakeRest} at ten o'clock on a Monday. */
abstract class RestFixture {
  static final long TEN = 1_764_601_200_000L;

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final FeedMeters meters = new FeedMeters(registry, "massive");
  Vertx vertx;
  FakeRest server;
  RestPages pages;
  private Context context;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server = new FakeRest(vertx);
    server.start();
    context = vertx.getOrCreateContext();
    MassiveConfig config =
        MassiveConfig.from(Map.of("massive.api-key", "test-key", "massive.rest-url", server.url()));
    ProviderContext surroundings = new ProviderContext(
        vertx,
        new MovableClock(TEN),
        InstantSource.system(),
        System::nanoTime,
        new VertxScheduler(vertx),
        () -> 0.5,
        events -> {},
        alert -> {},
        meters);
    pages = run(() -> Future.succeededFuture(new RestPages(config, surroundings)));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  <T> T run(Supplier<Future<T>> request) {
    return begin(request).await();
  }

  <T> Future<T> begin(Supplier<Future<T>> request) {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(ignored -> request.get().onComplete(outcome));
    return outcome.future();
  }

  <T> FailureException failure(Supplier<Future<T>> request) {
    return (FailureException) catchThrowable(() -> run(request));
  }

  double violations(String kind) {
    return registry
        .get("candlehub.ingest.violations")
        .tag("kind", kind)
        .counter()
        .count();
  }

  double violations() {
    return registry.get("candlehub.ingest.violations").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }
}
