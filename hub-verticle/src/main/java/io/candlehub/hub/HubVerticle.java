package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.hub.store.CandleStores;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedBatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the hub: opens the store and binds the hub's parts to the event bus. */
public final class HubVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HubVerticle.class);

  private final HubConfig config;
  private final MarketClock clock;
  private final MarketDescriptor market;
  private final MeterRegistry meters;
  private final InstantSource wallClock;
  private final Function<Vertx, Scheduler> schedulers;
  private Optional<HubAssembly> assembly = Optional.empty();

  /**
   * Creates the verticle.
   *
   * @param config its settings
   * @param marketClock the market's clock
   * @param market which market the bars belong to
   * @param meters takes the hub's metrics
   */
  public HubVerticle(
      HubConfig config, MarketClock marketClock, MarketDescriptor market, MeterRegistry meters) {
    this(config, marketClock, market, meters, InstantSource.system(), VertxScheduler::new);
  }

  /** Creates a verticle whose wall clock and timers a test drives. */
  HubVerticle(
      HubConfig config,
      MarketClock marketClock,
      MarketDescriptor market,
      MeterRegistry meters,
      InstantSource wallClock,
      Function<Vertx, Scheduler> schedulers) {
    this.config = config;
    this.clock = marketClock;
    this.market = market;
    this.meters = meters;
    this.wallClock = wallClock;
    this.schedulers = schedulers;
  }

  @Override
  public Future<?> start() {
    return CandleStores.open(vertx, config.store(), market, wallClock).compose(store -> {
      HubAssembly built = new HubAssembly(new HubAssembly.Ground(
          config,
          vertx.eventBus(),
          clock,
          market,
          meters,
          wallClock,
          schedulers.apply(vertx),
          store));
      assembly = Optional.of(built);
      built.start();
      return Future.all(bind(built));
    });
  }

  private List<Future<?>> bind(HubAssembly built) {
    return List.of(
        vertx
            .eventBus()
            .<FeedBatch>consumer(Addresses.HUB_INBOX, batch -> built.hub().onBatch(batch.body()))
            .completion(),
        serve(Addresses.COMMAND_CHART, built.charts()::chart),
        serve(Addresses.COMMAND_HISTORY, built.history()::history),
        serve(Addresses.COMMAND_QUOTE, built.charts()::quote),
        serve(Addresses.COMMAND_DEMAND, answering(built.charts()::demand)),
        serve(Addresses.COMMAND_WARM, answering(built.warmUp()::warm)),
        serve(Addresses.COMMAND_STATUS, answering(question -> built.status().status())),
        serve(Addresses.COMMAND_HEALTH, answering(question -> built.status().health())));
  }

  private static Handler<Message<JsonObject>> answering(UnaryOperator<JsonObject> command) {
    return message -> message.reply(command.apply(message.body()));
  }

  private Future<?> serve(String address, Handler<Message<JsonObject>> command) {
    return vertx
        .eventBus()
        .<JsonObject>consumer(address, message -> {
          try {
            command.handle(message);
          } catch (FailureException refused) {
            refused.replyTo(message);
          } catch (RuntimeException fault) {
            LOG.error("command failed [address: {}]", address, fault);
            FailureException.of(fault).replyTo(message);
          }
        })
        .completion();
  }

  @Override
  public Future<?> stop() {
    return assembly.map(HubAssembly::stop).orElseGet(Future::succeededFuture);
  }
}
