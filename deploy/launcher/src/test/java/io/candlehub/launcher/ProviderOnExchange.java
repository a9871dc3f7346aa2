package io.candlehub.launcher;

import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.simulator.Simulator;
import io.candlehub.simulator.SimulatorConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A provider against the local exchange, whose clock stands at ten o'clock on a Thursday until a test lets it run. */
final class ProviderOnExchange implements AutoCloseable {
  static final LocalDate DECEMBER = LocalDate.of(2025, 12, 19);
  static final long TEN = Instant.parse("2025-12-04T15:00:00Z").toEpochMilli();

  private static final String START = "2025-12-04T10:00-05:00";

  final BlockingQueue<FeedEvent> said = new LinkedBlockingQueue<>();
  final ExchangeControl control;
  final Context context;
  final MarketDataProvider provider;
  private final Vertx vertx = Vertx.vertx();

  /**
   * Starts both.
   *
   * @param settings of the exchange, besides when it begins
   * @param account the provider's configuration for an exchange
   */
  ProviderOnExchange(Map<String, String> settings, Function<Simulator, ProviderConfig> account)
      throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("simulator.start", START);
    Simulator exchange =
        Simulator.start(vertx, SimulatorConfig.from(all)).await(60, TimeUnit.SECONDS);
    control = new ExchangeControl(exchange.restUrl());
    context = vertx.getOrCreateContext();
    ProviderConfig config = account.apply(exchange);
    provider = run(() -> Future.succeededFuture(config.open(new ProviderContext(
        vertx,
        new ManualClock(TEN),
        InstantSource.system(),
        System::nanoTime,
        new VertxScheduler(vertx),
        () -> 0.5,
        said::addAll,
        alert -> {},
        new FeedMeters(new SimpleMeterRegistry(), config.id())))));
  }

  void stopTheClock() throws Exception {
    control.setClock(new JsonObject().put("paused", true).put("seekTo", START));
  }

  /** Asks on the provider's event loop. */
  <T> T run(Supplier<Future<T>> question) throws Exception {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(ignored -> question.get().onComplete(outcome));
    return outcome.future().await(60, TimeUnit.SECONDS);
  }

  /** Returns what the exchange knows of the contracts of December, by symbol. */
  Map<String, JsonObject> truth(String underlying) throws Exception {
    JsonArray rows = control
        .get("/sim/chain?underlying=" + underlying + "&expiration=" + DECEMBER)
        .getJsonArray("contracts");
    return rows.stream()
        .map(JsonObject.class::cast)
        .collect(Collectors.toMap(
            row -> row.getString("ticker"), row -> row, (a, b) -> b, HashMap::new));
  }

  /** Returns the call nearest to the money. */
  Instrument nearestCall() throws Exception {
    JsonObject first = truth("SPY").values().iterator().next();
    long strike = Math.round(first.getDouble("spot"));
    return Instrument.of(String.format("O:SPY251219C%08d", strike * 1_000));
  }

  static Topic topic(String text) {
    return Topic.parse(text).orElseThrow();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
