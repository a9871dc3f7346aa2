package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.AccountState;
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
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.Split;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Several accounts as one: questions by {@link QuestionRouter}, streams by {@link StreamRouter}. Every datum says which
 * account told it and why not the first one. Confined to one event loop.
 */
final class HybridProvider implements MarketDataProvider {
  private final List<Account> accounts;
  private final Capabilities capabilities;
  private final Judge judge;
  private final QuestionRouter questions;
  private final SnapshotRouter snapshots;
  private final StreamRouter streams;

  HybridProvider(List<ProviderConfig> configs, ProviderContext context) {
    streams = new StreamRouter(
        configs.stream().map(ProviderConfig::id).toList(),
        context.sink(),
        context.nanoClock(),
        context.scheduler());
    List<Account> opened = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      opened.add(Account.open(configs.get(i), context, streams.sink(i)));
    }
    accounts = List.copyOf(opened);
    capabilities = union(accounts.stream().map(Account::capabilities).toList());
    streams.open(accounts);
    judge = new Judge(context.marketClock());
    Failures failures = new Failures();
    questions = new QuestionRouter(accounts, failures);
    snapshots = new SnapshotRouter(accounts, failures, judge);
  }

  private static Capabilities union(List<Capabilities> all) {
    Map<AssetClass, Set<Channel>> streams = new EnumMap<>(AssetClass.class);
    Map<AssetClass, Set<HistoryUnit>> history = new EnumMap<>(AssetClass.class);
    Set<AssetClass> snapshots = EnumSet.noneOf(AssetClass.class);
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (Capabilities each : all) {
      each.streams()
          .forEach((assetClass, channels) -> streams
              .computeIfAbsent(assetClass, none -> EnumSet.noneOf(Channel.class))
              .addAll(channels));
      each.history()
          .forEach((assetClass, units) -> history
              .computeIfAbsent(assetClass, none -> EnumSet.noneOf(HistoryUnit.class))
              .addAll(units));
      snapshots.addAll(each.snapshots());
      features.addAll(each.questions());
    }
    return new Capabilities(streams, history, snapshots, features);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void demand(Set<Topic> topics) {
    streams.demand(topics);
  }

  @Override
  public Future<History> history(HistoryQuery query, Errand errand) {
    return questions.ask(new Question<>(
        "history",
        each -> each.keeps(query.instrument().assetClass(), query.unit()),
        provider -> provider.history(query, errand),
        history -> judge.history(query, history),
        History::from,
        errand::isDropped));
  }

  @Override
  public Future<List<Listing>> search(String query, int limit) {
    return questions.ask(new Question<>(
        "search",
        each -> each.has(Feature.SEARCH),
        provider -> provider.search(query, limit),
        found -> Worth.of(!found.isEmpty()),
        (found, provider, reason) ->
            found.stream().map(each -> each.of(new Origin(provider, reason))).toList()));
  }

  @Override
  public Future<Listing> listing(Instrument instrument) {
    return questions.ask(new Question<>(
        "listing",
        each -> each.has(Feature.LISTING),
        provider -> provider.listing(instrument),
        found -> Worth.FULL,
        (found, provider, reason) -> found.of(new Origin(provider, reason))));
  }

  @Override
  public Future<List<Split>> splits(Instrument instrument) {
    return questions.ask(new Question<>(
        "splits",
        each -> each.has(Feature.SPLITS),
        provider -> provider.splits(instrument),
        found -> Worth.FULL,
        (found, provider, reason) -> found));
  }

  @Override
  public Future<MarketStatus> marketStatus() {
    return questions.ask(new Question<>(
        "market status",
        each -> each.has(Feature.MARKET_STATUS),
        MarketDataProvider::marketStatus,
        found -> Worth.FULL,
        (found, provider, reason) -> found.of(new Origin(provider, reason))));
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying, Priority priority) {
    return questions.ask(new Question<>(
        "expirations",
        each -> each.has(Feature.CHAINS),
        provider -> provider.expirations(underlying, priority),
        found -> Worth.of(!found.dates().isEmpty()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public Future<ChainSnapshot> chain(ChainQuery query, Priority priority) {
    return questions.ask(new Question<>(
        "chain",
        each -> each.has(Feature.CHAINS),
        provider -> provider.chain(query, priority),
        judge::chain,
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    return questions.ask(new Question<>(
        "contract",
        each -> each.has(Feature.CHAINS),
        provider -> provider.contract(contract, priority),
        found -> judge.contract(found.leg()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public Future<List<MarketSnapshot>> snapshots(List<Instrument> instruments, Priority priority) {
    return snapshots.ask(instruments, priority);
  }

  @Override
  public Future<PastTrades> trades(Instrument instrument, int limit, Priority priority) {
    return questions.ask(new Question<>(
        "trades",
        each -> each.has(Feature.TRADES),
        provider -> provider.trades(instrument, limit, priority),
        found -> Worth.of(!found.trades().isEmpty()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public Future<IndicatorValues> indicator(IndicatorQuery query, Priority priority) {
    return questions.ask(new Question<>(
        "indicator",
        each -> each.has(Feature.INDICATORS),
        provider -> provider.indicator(query, priority),
        found -> Worth.of(!found.points().isEmpty()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public List<AccountState> accounts() {
    return IntStream.range(0, accounts.size())
        .mapToObj(i -> accounts.get(i).state(streams.states(i)))
        .toList();
  }

  @Override
  public Future<Void> close() {
    streams.close();
    return Future.join(
            accounts.stream().map(account -> account.provider().close()).toList())
        .mapEmpty();
  }
}
