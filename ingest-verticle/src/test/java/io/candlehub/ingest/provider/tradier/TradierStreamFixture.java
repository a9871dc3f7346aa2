package io.candlehub.ingest.provider.tradier;

import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.SaidByStream;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stream against a {@link FakeTradier}, whose sayings can be waited for. */
abstract class TradierStreamFixture extends SaidByStream {
  final ManualClock clock = new ManualClock(MONDAY_TEN);
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
        server.wsUrl(),
        "limits.provider-topics",
        "3"));
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

  void demand(String... topics) {
    Set<Topic> wanted = topics(topics);
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

  FeedStatus awaitState(FeedStatus.State state) throws Exception {
    return await(FeedStatus.class, status -> status.state() == state);
  }
}
