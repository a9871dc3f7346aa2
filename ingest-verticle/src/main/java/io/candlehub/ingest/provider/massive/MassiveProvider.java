package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.Capabilities.Feature;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.IndicatorQuery;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.Split;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Snapshots;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The account's streams and REST interface together; what the one has tells what the other lacks. Confined to one event
 * loop.
 */
final class MassiveProvider implements MarketDataProvider {
  private static final Capabilities CAPABILITIES = new Capabilities(
      Arrays.stream(StreamMarket.values())
          .collect(Collectors.toMap(StreamMarket::assetClass, StreamMarket::channels)),
      Arrays.stream(StreamMarket.values())
          .collect(
              Collectors.toMap(StreamMarket::assetClass, market -> Set.of(HistoryUnit.values()))),
      Set.of(AssetClass.EQUITY, AssetClass.OPTION, AssetClass.INDEX),
      Set.of(Feature.values()));

  private final MassiveStreams streams;
  private final RestPages pages;
  private final MassiveRest rest;
  private final SnapshotRest snapshots;
  private final IndicatorRest indicators;

  MassiveProvider(MassiveConfig config, ProviderContext context) {
    streams = new MassiveStreams(
        config, StreamTimings.usual(config.evictionCoolDown(), config.refusedRetry()), context);
    pages = new RestPages(config, context);
    rest = new MassiveRest(pages, context.meters());
    snapshots = new SnapshotRest(pages, context.meters());
    indicators = new IndicatorRest(pages, context.meters());
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void demand(Set<Topic> topics) {
    streams.demand(topics);
  }

  @Override
  public Future<History> history(HistoryQuery query, Errand errand) {
    return rest.history(query, errand).onSuccess(history -> streams.compare(query, history));
  }

  @Override
  public Future<List<Listing>> search(String query, int limit) {
    return rest.search(query, limit);
  }

  @Override
  public Future<Listing> listing(Instrument instrument) {
    return rest.listing(instrument);
  }

  @Override
  public Future<List<Split>> splits(Instrument instrument) {
    return rest.splits(instrument);
  }

  @Override
  public Future<MarketStatus> marketStatus() {
    return rest.marketStatus();
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying, Priority priority) {
    return snapshots
        .expirations(underlying, priority)
        .map(dates -> new Expirations(underlying.symbol(), dates, MassiveModule.ID, ""));
  }

  @Override
  public Future<ChainSnapshot> chain(ChainQuery query, Errand errand) {
    return snapshots.chain(query, errand);
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    return snapshots.contract(contract, priority);
  }

  @Override
  public Future<Snapshots> snapshots(List<Instrument> instruments, Priority priority) {
    return snapshots.snapshots(instruments, priority).map(Snapshots::of);
  }

  @Override
  public Future<PastTrades> trades(Instrument instrument, int limit, Priority priority) {
    return snapshots
        .trades(instrument, limit, priority)
        .map(trades -> new PastTrades(instrument, trades, MassiveModule.ID, ""));
  }

  @Override
  public Future<IndicatorValues> indicator(IndicatorQuery query, Priority priority) {
    return indicators.values(query, priority);
  }

  @Override
  public Future<Void> close() {
    return Future.join(streams.close(), pages.close()).mapEmpty();
  }
}
