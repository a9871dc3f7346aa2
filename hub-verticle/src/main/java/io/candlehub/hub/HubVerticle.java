package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.hub.store.CandleStores;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedParcel;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Cluster cluster;
  private final Function<Vertx, FanoutCarrier> carriers;
  private final InstantSource wallClock;
  private final Function<Vertx, Scheduler> schedulers;
  private Optional<HubAssembly> assembly = Optional.empty();
  private Registration membership = () -> {};
  private boolean serving;

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
    this(config, marketClock, market, meters, alone(InstantSource.system()));
  }

  /**
   * Creates the verticle of a node in a cluster.
   *
   * @param config its settings
   * @param marketClock the market's clock
   * @param market which market the bars belong to
   * @param meters takes the hub's metrics
   * @param cluster who else is there, and which shards are this node's
   */
  public HubVerticle(
      HubConfig config,
      MarketClock marketClock,
      MarketDescriptor market,
      MeterRegistry meters,
      Cluster cluster) {
    this(config, marketClock, market, meters, cluster, InstantSource.system(), VertxScheduler::new);
  }

  /**
   * Creates the verticle of a node in a cluster.
   *
   * @param config its settings
   * @param marketClock the market's clock
   * @param market which market the bars belong to
   * @param meters takes the hub's metrics
   * @param cluster who else is there, and which shards are this node's
   * @param carrier takes what is published about streams
   */
  public HubVerticle(
      HubConfig config,
      MarketClock marketClock,
      MarketDescriptor market,
      MeterRegistry meters,
      Cluster cluster,
      FanoutCarrier carrier) {
    this(
        config,
        marketClock,
        market,
        meters,
        cluster,
        vertx -> carrier,
        InstantSource.system(),
        VertxScheduler::new);
  }

  /** Creates a verticle whose wall clock and timers a test drives. */
  HubVerticle(
      HubConfig config,
      MarketClock marketClock,
      MarketDescriptor market,
      MeterRegistry meters,
      Cluster cluster,
      InstantSource wallClock,
      Function<Vertx, Scheduler> schedulers) {
    this(
        config,
        marketClock,
        market,
        meters,
        cluster,
        vertx -> new EventBusCarrier(vertx.eventBus()),
        wallClock,
        schedulers);
  }

  private HubVerticle(
      HubConfig config,
      MarketClock marketClock,
      MarketDescriptor market,
      MeterRegistry meters,
      Cluster cluster,
      Function<Vertx, FanoutCarrier> carriers,
      InstantSource wallClock,
      Function<Vertx, Scheduler> schedulers) {
    this.cluster = cluster;
    this.carriers = carriers;
    this.config = config;
    this.clock = marketClock;
    this.market = market;
    this.meters = meters;
    this.wallClock = wallClock;
    this.schedulers = schedulers;
  }

  /** Returns the cluster of a node alone. */
  static Cluster alone(InstantSource wallClock) {
    return new SingleNode(Set.of(Role.values()), wallClock);
  }

  @Override
  public Future<?> start() {
    return CandleStores.open(vertx, config.store(), market, wallClock).compose(store -> {
      Scheduler scheduler = schedulers.apply(vertx);
      HubAssembly built = new HubAssembly(new HubAssembly.Ground(
          config,
          vertx.eventBus(),
          new IngestLink(vertx.eventBus(), cluster, scheduler, market.provider()),
          clock,
          market,
          meters,
          cluster,
          carriers.apply(vertx),
          wallClock,
          scheduler,
          vertx::executeBlocking,
          store));
      assembly = Optional.of(built);
      built.start();
      Map<String, Handler<Message<JsonObject>>> commands = commands(built);
      return Future.all(bind(built, commands))
          .compose(bound -> serveAll(commands))
          .onSuccess(bound -> built.ownership().start());
    });
  }

  /**
   * Takes commands from everybody, but not before this node hears a majority: the bus hands questions to every node that
   * takes them in turn, also to one that nobody can reach.
   */
  private Future<?> serveAll(Map<String, Handler<Message<JsonObject>>> commands) {
    if (cluster.isFenced()) {
      membership = cluster.listen(new ClusterListener() {
        @Override
        public void restored() {
          serve(commands).onFailure(e -> LOG.error("commands cannot be served", e));
        }
      });
    }
    return cluster.isFenced() ? Future.succeededFuture() : serve(commands);
  }

  private Future<?> serve(Map<String, Handler<Message<JsonObject>>> commands) {
    membership.cancel();
    if (serving) {
      return Future.succeededFuture();
    }
    serving = true;
    List<Future<?>> bound = new ArrayList<>();
    commands.forEach((address, command) -> bound.add(serve(address, command)));
    return Future.all(bound);
  }

  private List<Future<?>> bind(
      HubAssembly built, Map<String, Handler<Message<JsonObject>>> commands) {
    EventBus bus = vertx.eventBus();
    String node = cluster.nodeId();
    Ownership ownership = built.ownership();
    List<Future<?>> bound = new ArrayList<>();
    bound.add(bus.<FeedParcel>consumer(
            Addresses.hubInbox(node), parcel -> ownership.inbox().take(parcel.body()))
        .completion());
    bound.add(
        bus.<Buffer>consumer(Addresses.hubStandby(node), ownership::standBy).completion());
    bound.add(bus.<JsonObject>consumer(
            Addresses.hubDemand(node), told -> built.demand().relayed(told.body()))
        .completion());
    bound.add(serve(Addresses.hubLease(node), answering(built.demand()::leased)));
    bound.add(serve(Addresses.hubCommand(node), message -> {
      Handler<Message<JsonObject>> command = commands.get(CommandRouter.command(message));
      if (command == null) {
        throw Failure.UNSUPPORTED.because("no such command");
      }
      command.handle(message);
    }));
    return bound;
  }

  private static Map<String, Handler<Message<JsonObject>>> commands(HubAssembly built) {
    CommandRouter router = built.router();
    WarmSplit warm = built.warm();
    Map<String, Handler<Message<JsonObject>>> commands = new LinkedHashMap<>();
    bySymbol(commands, router, Addresses.COMMAND_CHART, built.charts()::chart);
    bySymbol(commands, router, Addresses.COMMAND_HISTORY, built.history()::history);
    bySymbol(commands, router, Addresses.COMMAND_QUOTE, built.tape()::quote);
    bySymbol(commands, router, Addresses.COMMAND_TRADES, built.tape()::trades);
    bySymbol(commands, router, Addresses.COMMAND_BOOK, built.tape()::book);
    bySymbol(commands, router, Addresses.COMMAND_INDICATORS, built.indicators()::indicator);
    bySymbol(commands, router, Addresses.COMMAND_INDEX, built.index()::index);
    commands.put(Addresses.COMMAND_INDICES, built.snapshots()::indices);
    commands.put(Addresses.COMMAND_SNAPSHOTS, built.snapshots()::snapshots);
    commands.put(
        Addresses.COMMAND_SELECTION,
        router.byShard(
            Addresses.COMMAND_SELECTION, SelectionCommand::shardOf, built.selections()::selection));
    OptionCommands options = built.options();
    bySymbol(commands, router, Addresses.COMMAND_CONTRACT, options::contract);
    commands.put(
        Addresses.COMMAND_CHAIN,
        router.byShard(Addresses.COMMAND_CHAIN, options::shardOfUnderlying, options::chain));
    commands.put(
        Addresses.COMMAND_EXPIRATIONS,
        router.byShard(
            Addresses.COMMAND_EXPIRATIONS, options::shardOfUnderlying, options::expirations));
    commands.put(Addresses.COMMAND_DEMAND, answering(built.demand()::demand));
    commands.put(Addresses.COMMAND_WARM, warm::warm);
    commands.put(Addresses.COMMAND_STATUS, answering(question -> built.status().status()));
    commands.put(
        Addresses.COMMAND_HEALTH, message -> built.status().health().onSuccess(message::reply));
    return commands;
  }

  private static void bySymbol(
      Map<String, Handler<Message<JsonObject>>> commands,
      CommandRouter router,
      String address,
      Handler<Message<JsonObject>> command) {
    commands.put(address, router.bySymbol(address, command));
  }

  private static Handler<Message<JsonObject>> answering(UnaryOperator<JsonObject> command) {
    return message -> message.reply(command.apply(message.body()));
  }

  private Future<?> serve(String address, Handler<Message<JsonObject>> command) {
    return vertx
        .eventBus()
        .<JsonObject>consumer(address, message -> CommandRouter.answer(message, command))
        .completion();
  }

  @Override
  public Future<?> stop() {
    membership.cancel();
    return assembly.map(HubAssembly::stop).orElseGet(Future::succeededFuture);
  }
}
