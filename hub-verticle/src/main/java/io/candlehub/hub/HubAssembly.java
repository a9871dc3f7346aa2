package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.AlertJson;
import io.candlehub.bus.ChainJson;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.QuoteJson;
import io.candlehub.bus.TradesJson;
import io.candlehub.cluster.Cluster;
import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.hub.chain.ChainDesk;
import io.candlehub.hub.chain.ChainParts;
import io.candlehub.hub.chain.IngestOptions;
import io.candlehub.hub.chain.Worker;
import io.candlehub.hub.history.DataStore;
import io.candlehub.hub.history.HistoryLoader;
import io.candlehub.hub.history.HistoryMeters;
import io.candlehub.hub.history.HistoryReader;
import io.candlehub.hub.history.PieceCache;
import io.candlehub.hub.history.ProviderHistory;
import io.candlehub.hub.history.ProviderOffer;
import io.candlehub.hub.history.ReferenceData;
import io.candlehub.hub.history.WriteBehindStore;
import io.candlehub.hub.store.CandleStore;
import io.candlehub.hub.tape.FlowAlert;
import io.candlehub.model.Alert;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.Quote;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradesUpdate;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.EventBus;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The hub's parts, put together over an open store. Confined to the hub's event loop. */
final class HubAssembly {
  private final EventBus bus;
  private final IngestLink ingest;
  private final FanoutCarrier carrier;
  private final DataStore data;
  private final MarketState market;
  private final Hub hub;
  private final ChartCommands charts;
  private final HistoryCommand history;
  private final TapeCommands tape;
  private final OptionCommands options;
  private final SnapshotCommands snapshots;
  private final IndexCommand index;
  private final IndicatorCommand indicators;
  private final WarmSplit warm;
  private final StatusCommands status;
  private final SelectionCommand selections;
  private final OwnedShards shards;
  private final CommandRouter router;
  private final DemandRelay demand;
  private final Ownership ownership;

  /** What the assembly is made over. */
  record Ground(
      HubConfig config,
      EventBus bus,
      IngestLink ingest,
      MarketClock clock,
      MarketDescriptor market,
      MeterRegistry meters,
      Cluster cluster,
      FanoutCarrier carrier,
      InstantSource wallClock,
      Scheduler scheduler,
      Worker worker,
      CandleStore store) {}

  HubAssembly(Ground ground) {
    bus = ground.bus;
    ingest = ground.ingest;
    carrier = ground.carrier;
    TradingCalendar calendar = TradingCalendar.nyse();
    SecureRandom random = new SecureRandom();
    shards = new OwnedShards(ground.cluster);
    HistoryMeters counts = HistoryMeters.in(ground.meters);
    ProviderHistory provider = new ProviderHistory(ground.ingest, ground.clock, ground.wallClock);
    data = data(ground, random);
    FeedBoard feeds = new FeedBoard();
    market = new MarketState(
        ground.clock,
        ground.market,
        calendar,
        feeds,
        new ProviderStatus(ground.ingest, ground.clock, ground.scheduler));
    SeriesParts parts = new SeriesParts(
        ground.config,
        ground.market.provider(),
        ground.clock,
        ground.scheduler,
        provider,
        new HistoryLoader(provider, data, counts),
        new ProviderOffer(ground.ingest, ground.wallClock),
        new ReferenceData(ground.ingest, ground.wallClock),
        data,
        feeds,
        new TopicBoard(),
        market,
        new HubMeters(ground.meters),
        new HubHops(ground.meters),
        shards,
        new Alerts(ground.meters, this::publish),
        SaleConditions::documented,
        random,
        this::publish);
    MarketQuestions questions = new MarketQuestions(ground.ingest);
    hub = hub(ground, parts, questions);
    charts = new ChartCommands(hub, ground.scheduler, shards);
    tape = new TapeCommands(hub, ground.scheduler, shards);
    options = new OptionCommands(hub.chains(), shards, ground.worker);
    ChartedHistory charted = new ChartedHistory(hub, charts, reader(ground, parts, counts), parts);
    history = new HistoryCommand(hub, charted, parts);
    indicators = new IndicatorCommand(charted, questions, parts);
    snapshots = new SnapshotCommands(questions, bus, parts);
    index = new IndexCommand(questions, charted, parts);
    WarmUp warmUp = new WarmUp(parts, ground.config.warmUp(), ground.meters);
    status = new StatusCommands(
        hub, parts, new StatusCommands.Surroundings(bus, ground.cluster, carrier, ground.ingest));
    selections = new SelectionCommand(
        ground.store.selections(), new SelectionCheck(bus), ground.wallClock, ground.scheduler);
    router = new CommandRouter(ground.cluster, bus, shards);
    warm = new WarmSplit(ground.cluster, shards, router, warmUp);
    demand = new DemandRelay(ground.cluster, bus, charts, hub, shards);
    ownership = new Ownership(ground, parts, hub, router);
  }

  private static WriteBehindStore data(Ground ground, SecureRandom random) {
    return new WriteBehindStore(
        ground.store,
        ground.config.store().retentionDays(),
        ground.clock,
        ground.scheduler,
        random);
  }

  private Hub hub(Ground ground, SeriesParts parts, MarketQuestions questions) {
    TapeMeters meters = new TapeMeters(ground.meters);
    ChainDesk chains = chains(ground, parts);
    QuoteBoard quotes = new QuoteBoard(parts, questions, quote -> {
      publish(quote);
      chains.onUnderlying(quote);
    });
    FlowBoard flow = new FlowBoard(
        parts,
        ground.config.flow(),
        new ContractTerms(chains, ground.clock),
        meters,
        quotes::openInterest,
        this::publish);
    return new Hub(
        parts,
        new DemandUplink(ground.cluster.nodeId(), ground.ingest, ground.scheduler),
        quotes,
        new TradeBoard(parts, questions, flow, meters, this::publish),
        chains);
  }

  private ChainDesk chains(Ground ground, SeriesParts parts) {
    return new ChainDesk(new ChainParts(
        ground.config.chain(),
        new IngestOptions(ground.ingest, ground.worker),
        ground.store.chains(),
        ground.worker,
        ground.clock,
        ground.wallClock,
        ground.scheduler,
        parts.random(),
        underlying -> isClosed(TradingCalendar.ofOptionsOn(underlying), ground.clock),
        parts.reference()::check,
        contract -> parts.origin(Channel.QUOTES, contract),
        underlying -> shards.isServing(shards.of(underlying)),
        this::publish));
  }

  private boolean isClosed(TradingCalendar options, MarketClock clock) {
    return market.phase() == SessionPhase.CLOSED
        || options.phaseAt(clock.millis()) == SessionPhase.CLOSED;
  }

  private static HistoryReader reader(Ground ground, SeriesParts parts, HistoryMeters counts) {
    return new HistoryReader(
        parts.loader(),
        parts.reference(),
        ground.clock,
        counts,
        ground.config.confirmDelay(),
        new PieceCache(ground.config.historyCacheBytes(), ground.meters));
  }

  ChartCommands charts() {
    return charts;
  }

  HistoryCommand history() {
    return history;
  }

  TapeCommands tape() {
    return tape;
  }

  SnapshotCommands snapshots() {
    return snapshots;
  }

  IndexCommand index() {
    return index;
  }

  IndicatorCommand indicators() {
    return indicators;
  }

  OptionCommands options() {
    return options;
  }

  WarmSplit warm() {
    return warm;
  }

  StatusCommands status() {
    return status;
  }

  SelectionCommand selections() {
    return selections;
  }

  CommandRouter router() {
    return router;
  }

  DemandRelay demand() {
    return demand;
  }

  Ownership ownership() {
    return ownership;
  }

  /** Begins to follow clock and demand. */
  void start() {
    market.start();
    hub.start();
    hub.chains().start();
    status.start();
    data.startPruning();
    selections.start();
  }

  /** Stops, writes what is pending and closes the store. */
  Future<Void> stop() {
    ownership.stop();
    market.stop();
    hub.stop();
    hub.chains().stop();
    status.stop();
    selections.stop();
    ingest.close();
    return data.close();
  }

  private void publish(ChartUpdate update) {
    int shard = shards.of(update.key().instrument());
    String address = Addresses.chart(update.key());
    hub.ledger().published(address);
    if (shards.isServing(shard)) {
      carrier.publish(
          address,
          ChartJson.body(update),
          ChartCommands.headers(update).add("term", shards.termText(shard)));
    }
  }

  private void publish(Alert alert) {
    if (shards.mayPublish()) {
      bus.publish(Addresses.ALERTS, AlertJson.body(alert));
    }
  }

  private void publish(Quote quote) {
    int shard = shards.of(quote.instrument());
    String address = Addresses.quote(quote.instrument());
    hub.ledger().published(address);
    if (shards.isServing(shard)) {
      carrier.publish(
          address,
          QuoteJson.body(quote),
          MultiMap.caseInsensitiveMultiMap().add("term", shards.termText(shard)));
    }
  }

  private void publish(ChainUpdate update) {
    Instrument underlying = Instrument.of(update.underlying());
    carrier.publish(
        Addresses.chain(underlying),
        ChainJson.update(update),
        MultiMap.caseInsensitiveMultiMap()
            .add("kind", "update")
            .add("term", shards.termText(shards.of(underlying))));
  }

  private void publish(TradesUpdate update) {
    int shard = shards.of(update.instrument());
    if (shards.isServing(shard)) {
      carrier.publish(
          Addresses.trades(update.instrument()),
          TradesJson.body(update),
          MultiMap.caseInsensitiveMultiMap().add("term", shards.termText(shard)));
    }
  }

  private void publish(FlowAlert alert) {
    if (shards.isServing(shards.of(alert.contract()))) {
      bus.publish(Addresses.FLOW, FlowJson.body(alert));
    }
  }
}
