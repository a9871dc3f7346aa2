package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.AlertJson;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.QuoteJson;
import io.candlehub.cluster.Cluster;
import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.hub.history.DataStore;
import io.candlehub.hub.history.HistoryLoader;
import io.candlehub.hub.history.HistoryMeters;
import io.candlehub.hub.history.HistoryReader;
import io.candlehub.hub.history.PieceCache;
import io.candlehub.hub.history.ProviderHistory;
import io.candlehub.hub.history.ReferenceData;
import io.candlehub.hub.history.WriteBehindStore;
import io.candlehub.hub.store.CandleStore;
import io.candlehub.model.Alert;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.Quote;
import io.candlehub.model.Scheduler;
import io.candlehub.model.TradingCalendar;
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
  private final WarmSplit warm;
  private final StatusCommands status;
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
    data = new WriteBehindStore(
        ground.store,
        ground.config.store().retentionDays(),
        ground.clock,
        ground.scheduler,
        random);
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
    hub = new Hub(
        parts,
        new DemandUplink(ground.cluster.nodeId(), ground.ingest, ground.scheduler),
        new QuoteBoard(parts, this::publish));
    charts = new ChartCommands(hub, ground.scheduler, shards);
    history = new HistoryCommand(hub, charts, reader(ground, parts, counts), parts);
    WarmUp warmUp = new WarmUp(parts, ground.config.warmUp(), ground.meters);
    status = new StatusCommands(
        hub, parts, new StatusCommands.Surroundings(bus, ground.cluster, carrier, ground.ingest));
    router = new CommandRouter(ground.cluster, bus, shards);
    warm = new WarmSplit(ground.cluster, shards, router, warmUp);
    demand = new DemandRelay(ground.cluster, bus, charts, new PositionTeller(bus, shards, hub));
    ownership = new Ownership(ground, parts, hub, router);
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

  Hub hub() {
    return hub;
  }

  ChartCommands charts() {
    return charts;
  }

  HistoryCommand history() {
    return history;
  }

  WarmSplit warm() {
    return warm;
  }

  StatusCommands status() {
    return status;
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
    status.start();
    data.startPruning();
  }

  /** Stops, writes what is pending and closes the store. */
  Future<Void> stop() {
    ownership.stop();
    market.stop();
    hub.stop();
    status.stop();
    ingest.close();
    return data.close();
  }

  private void publish(ChartUpdate update) {
    int shard = shards.of(update.key().instrument());
    if (shards.isServing(shard)) {
      carrier.publish(
          Addresses.chart(update.key()),
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
    if (shards.isServing(shard)) {
      carrier.publish(
          Addresses.quote(quote.instrument()),
          QuoteJson.body(quote),
          MultiMap.caseInsensitiveMultiMap().add("term", shards.termText(shard)));
    }
  }
}
