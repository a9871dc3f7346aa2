package io.candlehub.ingest.provider.massive;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.Capabilities.Feature;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.Split;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The account's stream and REST interface together; what the one has tells what the other lacks. Confined to one event
 * loop.
 */
final class MassiveProvider implements MarketDataProvider {
  private final MassiveStream stream;
  private final MassiveRest rest;

  MassiveProvider(MassiveConfig config, ProviderContext context) {
    stream = new MassiveStream(
        config, StreamTimings.usual(config.evictionCoolDown(), config.refusedRetry()), context);
    rest = new MassiveRest(config, context);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Map.of(
            AssetClass.EQUITY,
            Set.of(
                Channel.SECONDS, Channel.MINUTES, Channel.QUOTES, Channel.TRADES, Channel.HALTS)),
        Map.of(AssetClass.EQUITY, Set.of(HistoryUnit.values())),
        Set.of(),
        Set.of(Feature.SEARCH, Feature.LISTING, Feature.SPLITS, Feature.MARKET_STATUS));
  }

  @Override
  public void demand(Set<Topic> topics) {
    stream.demand(topics);
  }

  @Override
  public Future<History> history(HistoryQuery query, Errand errand) {
    return rest.history(query, errand).onSuccess(history -> stream.compare(query, history));
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
    return unsupported();
  }

  @Override
  public Future<ChainSnapshot> chain(ChainQuery query, Priority priority) {
    return unsupported();
  }

  @Override
  public Future<SnapshotLeg> contract(Instrument contract, Priority priority) {
    return unsupported();
  }

  @Override
  public Future<List<MarketSnapshot>> snapshots(List<Instrument> instruments, Priority priority) {
    return unsupported();
  }

  @Override
  public Future<PastTrades> trades(Instrument instrument, int limit, Priority priority) {
    return unsupported();
  }

  private static <T> Future<T> unsupported() {
    return Future.failedFuture(Failure.UNSUPPORTED.because("not available"));
  }

  @Override
  public Future<Void> close() {
    return Future.join(stream.close(), rest.close()).mapEmpty();
  }
}
