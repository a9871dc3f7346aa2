package io.candlehub.ingest.provider.tradier;

import io.candlehub.bus.Failure;
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
import io.candlehub.model.IndexRoot;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Snapshots;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The account's stream and REST interface together. Confined to one event loop. */
final class TradierProvider implements MarketDataProvider {
  static final Capabilities CAPABILITIES = new Capabilities(
      Map.of(
          AssetClass.EQUITY, Set.of(Channel.QUOTES, Channel.TRADES),
          AssetClass.OPTION, Set.of(Channel.QUOTES, Channel.TRADES),
          AssetClass.INDEX, Set.of(Channel.TRADES)),
      Map.of(
          AssetClass.EQUITY, Set.of(HistoryUnit.MINUTE, HistoryUnit.DAY),
          AssetClass.OPTION, Set.of(HistoryUnit.DAY)),
      Set.of(AssetClass.EQUITY, AssetClass.OPTION, AssetClass.INDEX),
      Set.of(
          Feature.SEARCH, Feature.LISTING, Feature.MARKET_STATUS, Feature.CHAINS, Feature.GREEKS));

  private static final StreamTimings TIMINGS =
      StreamTimings.usual(Duration.ofMinutes(1), Duration.ofMinutes(1));

  private final TradierRest rest;
  private final TradierStream stream;
  private final TradierHistory history;
  private final TradierQuotes quotes;
  private final TradierChains chains;
  private final TradierReference reference;

  TradierProvider(TradierConfig config, ProviderContext context) {
    rest = new TradierRest(config, context);
    stream = new TradierStream(config, rest::session, TIMINGS, context);
    history = new TradierHistory(rest, context);
    quotes = new TradierQuotes(rest, context);
    chains = new TradierChains(rest, quotes, context);
    reference = new TradierReference(rest, context);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void demand(Set<Topic> topics) {
    stream.demand(topics);
  }

  @Override
  public Future<History> history(HistoryQuery query, Errand errand) {
    if (!CAPABILITIES.keeps(query.instrument().assetClass(), query.unit())) {
      return unsupported();
    }
    if (IndexRoot.isNamedBy(query.instrument())) {
      return unknown();
    }
    return history.history(query, errand).onSuccess(answer -> stream.compare(query, answer));
  }

  @Override
  public Future<List<Listing>> search(String query, int limit) {
    return reference.search(query, limit);
  }

  @Override
  public Future<Listing> listing(Instrument instrument) {
    return quotes.listing(instrument);
  }

  @Override
  public Future<List<Split>> splits(Instrument instrument) {
    return unsupported();
  }

  @Override
  public Future<MarketStatus> marketStatus() {
    return reference.marketStatus();
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying, Priority priority) {
    if (IndexRoot.isNamedBy(underlying)) {
      return unknown();
    }
    return isUnderlying(underlying) ? chains.expirations(underlying, priority) : unsupported();
  }

  @Override
  public Future<ChainSnapshot> chain(ChainQuery query, Errand errand) {
    if (IndexRoot.isNamedBy(query.underlying())) {
      return unknown();
    }
    return isUnderlying(query.underlying()) ? chains.chain(query, errand) : unsupported();
  }

  private static boolean isUnderlying(Instrument instrument) {
    return instrument.assetClass() == AssetClass.EQUITY
        || instrument.assetClass() == AssetClass.INDEX;
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    return quotes.contract(contract, priority);
  }

  @Override
  public Future<Snapshots> snapshots(List<Instrument> instruments, Priority priority) {
    List<Instrument> told = instruments.stream()
        .filter(instrument -> CAPABILITIES.snapshots().contains(instrument.assetClass()))
        .toList();
    return told.isEmpty() && !instruments.isEmpty()
        ? unsupported()
        : quotes.snapshots(told, priority).map(Snapshots::of);
  }

  @Override
  public Future<PastTrades> trades(Instrument instrument, int limit, Priority priority) {
    return unsupported();
  }

  @Override
  public Future<IndicatorValues> indicator(IndicatorQuery query, Priority priority) {
    return unsupported();
  }

  private static <T> Future<T> unknown() {
    return Future.failedFuture(Failure.UNKNOWN_INSTRUMENT.because("no such instrument"));
  }

  private static <T> Future<T> unsupported() {
    return Future.failedFuture(Failure.UNSUPPORTED.because("the provider does not have this"));
  }

  @Override
  public Future<Void> close() {
    return Future.join(stream.close(), rest.close()).mapEmpty();
  }
}
