package io.candlehub.ingest.provider.tradier;

import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.Alert;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stream against a {@link FakeTradier}, with waiting for what it says instead of sleeping. */
abstract class TradierStreamFixture {
  static final long MONDAY_TEN = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();

  final BlockingQueue<FeedEvent> said = new LinkedBlockingQueue<>();
  final List<FeedEvent> heard = new ArrayList<>();
  final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
  final ManualClock clock = new ManualClock(MONDAY_TEN);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong passed = new AtomicLong();
  Vertx vertx;
  FakeTradier server;
  private Context context;
  private TradierStream stream;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server = new FakeTradier(vertx);
    server.start();
    context = vertx.getOrCreateContext();
    reopen(server.url());
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Opens the stream anew, as if the REST interface had another address. */
  void reopen(String baseUrl) {
    said.clear();
    run(() -> {
      ProviderContext surroundings = new ProviderContext(
          vertx,
          clock,
          InstantSource.system(),
          () -> System.nanoTime() + passed.get(),
          new VertxScheduler(vertx),
          () -> 0.5,
          said::addAll,
          alerts::add,
          new FeedMeters(registry, "tradier"));
      TradierRest rest = new TradierRest(config(server.url()), surroundings);
      stream = new TradierStream(config(baseUrl), rest::session, timings(), surroundings);
      return Future.succeededFuture();
    });
  }

  private TradierConfig config(String baseUrl) {
    return TradierConfig.from(Map.of(
        "tradier.access-token",
        FakeTradier.TOKEN,
        "tradier.base-url",
        baseUrl,
        "tradier.ws-url",
        server.wsUrl()));
  }

  /** Lets wall time pass. */
  void pass(Duration duration) {
    passed.addAndGet(duration.toNanos());
  }

  /** Tells the stream what history says of an instrument. */
  void compare(String symbol, long... minutes) {
    BarBlock.Builder bars = new BarBlock.Builder(minutes.length);
    for (long minute : minutes) {
      bars.add(minute, 650, 651, 649, 650, 100, Double.NaN, -1);
    }
    HistoryQuery query = new HistoryQuery(
        Instrument.of(symbol), HistoryUnit.MINUTE, minutes[0], minutes[minutes.length - 1]);
    run(() -> {
      stream.compare(query, new History(bars.build(), clock.millis()));
      return Future.succeededFuture();
    });
  }

  private static StreamTimings timings() {
    return new StreamTimings(
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofMillis(150),
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

  void demand(String... topics) {
    Set<Topic> wanted =
        Stream.of(topics).map(text -> Topic.parse(text).orElseThrow()).collect(Collectors.toSet());
    run(() -> {
      stream.demand(wanted);
      return Future.succeededFuture();
    });
  }

  void close() {
    run(() -> stream.close());
  }

  private void run(Supplier<Future<Void>> task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(ignored -> task.get().onComplete(done));
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

  FeedStatus awaitState(FeedStatus.State state) throws Exception {
    return await(FeedStatus.class, status -> status.state() == state);
  }

  void awaitTopics(TopicStatus.State state, String... topics) throws Exception {
    List<String> open = new ArrayList<>(List.of(topics));
    while (!open.isEmpty()) {
      TopicStatus status = await(
          TopicStatus.class, s -> s.state() == state && open.contains(s.topic().toString()));
      open.remove(status.topic().toString());
    }
  }
}
