package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.SaidByStream;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stream against a {@link FakeExchange}, whose sayings can be waited for. */
abstract class StreamFixture extends SaidByStream {
  static final Duration NEVER = Duration.ofMinutes(10);

  final MovableClock clock = new MovableClock(MONDAY_TEN);
  Vertx vertx;
  FakeExchange exchange;
  Context context;
  MassiveStreams streams;

  @BeforeEach
  void startExchange() {
    vertx = Vertx.vertx();
    exchange = new FakeExchange(vertx);
    exchange.start();
  }

  @AfterEach
  void stopAll() {
    vertx.close().await();
  }

  void open(StreamTimings timings) {
    MassiveConfig config = MassiveConfig.from(Map.of(
        "massive.api-key",
        "test-key",
        "massive.ws-url",
        exchange.url(),
        "limits.provider-topics",
        "3"));
    context = vertx.getOrCreateContext();
    run(() -> streams = new MassiveStreams(
        config,
        timings,
        new ProviderContext(
            vertx,
            clock,
            InstantSource.system(),
            System::nanoTime,
            new VertxScheduler(vertx),
            () -> 0.5,
            said::addAll,
            alerts::add,
            new FeedMeters(registry, "massive"))));
  }

  void demand(String... topics) {
    Set<Topic> wanted = topics(topics);
    run(() -> streams.demand(wanted));
  }

  void run(Runnable task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(ignored -> {
      task.run();
      done.complete();
    });
    done.future().await();
  }

  /** Returns what was said of the stream of the shares. */
  List<FeedStatus.State> states() {
    return states("stocks");
  }

  List<FeedStatus.State> states(String market) {
    return heard.stream()
        .filter(FeedStatus.class::isInstance)
        .map(FeedStatus.class::cast)
        .filter(status -> status.market().equals(market))
        .map(FeedStatus::state)
        .toList();
  }

  static List<String> topicsOf(String request, String prefix) {
    assertThat(request).startsWith(prefix);
    return List.of(request.substring(prefix.length()).split(",", -1));
  }
}
