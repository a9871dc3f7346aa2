package io.candlehub.ingest;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.AlertJson;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.model.Alert;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Owns a provider account's connections: streams what the hub demands and asks what it requests.
 *
 * <p>Deploy one instance per account. {@code BusCodecs.register} must have been called before.
 */
public final class IngestVerticle extends VerticleBase {
  private static final Duration DEMAND_LEASE = Duration.ofSeconds(30);

  private final IngestConfig config;
  private final MarketClock marketClock;
  private final MeterRegistry meters;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
  private MarketDataProvider provider;
  private ViolationWatch violations;

  /**
   * Creates the verticle.
   *
   * @param config the provider and its settings
   * @param marketClock the market's time
   * @param meters where counters are registered
   */
  public IngestVerticle(IngestConfig config, MarketClock marketClock, MeterRegistry meters) {
    this.config = Objects.requireNonNull(config, "config");
    this.marketClock = Objects.requireNonNull(marketClock, "marketClock");
    this.meters = Objects.requireNonNull(meters, "meters");
  }

  @Override
  public Future<?> start() {
    Scheduler scheduler = new VertxScheduler(vertx);
    String id = config.provider().id();
    FeedMeters feedMeters = new FeedMeters(meters, id);
    provider = config
        .provider()
        .open(new ProviderContext(
            vertx,
            marketClock,
            InstantSource.system(),
            System::nanoTime,
            scheduler,
            () -> ThreadLocalRandom.current().nextDouble(),
            new FeedOutbox(vertx.eventBus(), id),
            this::publish,
            feedMeters));
    violations =
        new ViolationWatch(id, feedMeters::violations, marketClock, scheduler, this::publish);
    violations.start();
    IngestService service = new IngestService(
        provider,
        new DemandLease(DEMAND_LEASE, scheduler, provider::demand),
        marketClock,
        System::nanoTime,
        feedMeters);
    serve(Addresses.INGEST_DEMAND, service::demand);
    serve(Addresses.INGEST_HISTORY, service::history);
    serve(Addresses.INGEST_CANCEL, service::cancel);
    serve(Addresses.INGEST_MARKET_STATUS, service::marketStatus);
    serve(Addresses.INGEST_SYMBOLS, service::symbols);
    serve(Addresses.INGEST_INSTRUMENT, service::instrument);
    serve(Addresses.INGEST_SPLITS, service::splits);
    return Future.all(consumers.stream().map(MessageConsumer::completion).toList());
  }

  private void publish(Alert alert) {
    vertx.eventBus().publish(Addresses.ALERTS, AlertJson.body(alert));
  }

  private void serve(String address, Handler<Message<Object>> handler) {
    consumers.add(vertx.eventBus().consumer(address, handler));
  }

  @Override
  public Future<?> stop() {
    violations.stop();
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .eventually(() -> provider.close());
  }
}
