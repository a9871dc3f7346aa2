package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.Alert;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stream against a {@link FakeExchange}, with waiting for what it says instead of sleeping. */
abstract class StreamFixture {
  static final long MONDAY_TEN = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();
  static final Duration NEVER = Duration.ofMinutes(10);

  final BlockingQueue<FeedEvent> said = new LinkedBlockingQueue<>();
  final List<FeedEvent> heard = new ArrayList<>();
  final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
  final MovableClock clock = new MovableClock(MONDAY_TEN);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
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

  static StreamTimings timings() {
    return withGrace(Duration.ofMillis(150));
  }

  static StreamTimings withGrace(Duration grace) {
    return new StreamTimings(
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        grace,
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        Duration.ofMillis(300),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        Duration.ofSeconds(3),
        Duration.ofMillis(100),
        Duration.ofMillis(20),
        Duration.ofSeconds(15),
        Duration.ofMillis(100),
        Duration.ofMillis(500));
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
    Set<Topic> wanted = Stream.of(topics)
        .map(text -> Topic.parse(text).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
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

  <T extends FeedEvent> T await(Class<T> type, Predicate<T> wanted) throws Exception {
    while (true) {
      FeedEvent event = said.poll(8, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("not said: " + type.getSimpleName() + ", heard " + heard);
      }
      heard.add(event);
      if (type.isInstance(event) && wanted.test(type.cast(event))) {
        return type.cast(event);
      }
    }
  }

  void awaitTopics(TopicStatus.State state, String... topics) throws Exception {
    List<String> open = new ArrayList<>(List.of(topics));
    while (!open.isEmpty()) {
      TopicStatus status = await(
          TopicStatus.class, s -> s.state() == state && open.contains(s.topic().toString()));
      open.remove(status.topic().toString());
    }
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
