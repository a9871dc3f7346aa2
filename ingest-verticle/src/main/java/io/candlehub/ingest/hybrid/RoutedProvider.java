package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.AccountState;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.Capabilities.Feature;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.IndicatorQuery;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.Split;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.Snapshots;
import io.candlehub.model.feed.PastTrades;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What one account or several are asked: which of them have such data, what an answer is worth and how it is marked. All
 * questions go through {@link QuestionRouter}, but those about several instruments at once, which go through {@link
 * SnapshotRouter}. What accounts stream is up to the subclass. Confined to one event loop.
 */
abstract class RoutedProvider implements MarketDataProvider {
  private static final Set<AssetClass> UNDERLYINGS = Set.of(AssetClass.EQUITY, AssetClass.INDEX);

  private final List<Account> accounts;
  private final Capabilities capabilities;
  private final Judge judge;
  private final EmptyRanges empties;
  private final QuestionRouter questions;
  private final SnapshotRouter snapshots;

  /**
   * Creates a provider.
   *
   * @param accounts the preferred first
   */
  RoutedProvider(List<Account> accounts, ProviderContext context) {
    this.accounts = List.copyOf(accounts);
    capabilities =
        Capabilities.union(accounts.stream().map(Account::capabilities).toList());
    judge = new Judge(context.marketClock());
    empties = new EmptyRanges(context.marketClock(), context.nanoClock());
    Failures failures = new Failures();
    questions = new QuestionRouter(accounts, failures);
    snapshots = new SnapshotRouter(accounts, failures, judge);
  }

  /** Returns what an account's connections do, by market. */
  abstract Map<String, String> streams(int account);

  List<Account> asked() {
    return accounts;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Future<History> history(HistoryQuery query, Errand errand) {
    boolean doubted = empties.isDoubted(query);
    return questions
        .<History>ask(new Question<>(
            "bars",
            Optional.of(query.instrument()),
            each -> each.keeps(query.instrument().assetClass(), query.unit()),
            provider -> provider.history(query, errand),
            history -> doubted && Judge.isOdd(query, history) ? Worth.DOUBTED : Worth.FULL,
            History::from,
            errand::isDropped,
            History::asDoubted))
        .onSuccess(
            history -> empties.answered(query, history, doubted && Judge.isOdd(query, history)));
  }

  @Override
  public Future<List<Listing>> search(String query, int limit) {
    return questions.ask(new Question<>(
        "search",
        Optional.empty(),
        each -> each.has(Feature.SEARCH),
        provider -> provider.search(query, limit),
        found -> Worth.of(!found.isEmpty()),
        (found, provider, reason) ->
            found.stream().map(each -> each.of(new Origin(provider, reason))).toList()));
  }

  @Override
  public Future<Listing> listing(Instrument instrument) {
    return questions.ask(new Question<>(
        "reference data",
        Optional.of(instrument),
        has(Feature.LISTING, instrument),
        provider -> provider.listing(instrument),
        found -> Worth.FULL,
        (found, provider, reason) -> found.of(new Origin(provider, reason))));
  }

  /** Only shares are split; the contracts on them are replaced by others. */
  @Override
  public Future<List<Split>> splits(Instrument instrument) {
    if (instrument.assetClass() != AssetClass.EQUITY) {
      return Future.succeededFuture(List.of());
    }
    return questions.ask(new Question<>(
        "splits",
        Optional.of(instrument),
        each -> each.has(Feature.SPLITS),
        provider -> provider.splits(instrument),
        found -> Worth.FULL,
        (found, provider, reason) ->
            found.stream().map(each -> each.of(new Origin(provider, reason))).toList()));
  }

  @Override
  public Future<MarketStatus> marketStatus() {
    return questions.ask(new Question<>(
        "market status",
        Optional.empty(),
        each -> each.has(Feature.MARKET_STATUS),
        MarketDataProvider::marketStatus,
        found -> Worth.FULL,
        (found, provider, reason) -> found.of(new Origin(provider, reason))));
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying, Priority priority) {
    return questions.ask(new Question<>(
        "expirations",
        Optional.of(underlying),
        each -> hasChains(each, underlying),
        provider -> provider.expirations(underlying, priority),
        found -> Worth.of(!found.dates().isEmpty()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public Future<ChainSnapshot> chain(ChainQuery query, Errand errand) {
    return questions.ask(new Question<>(
        "option chains",
        Optional.of(query.underlying()),
        each -> hasChains(each, query.underlying()),
        provider -> provider.chain(query, errand),
        judge::chain,
        (found, provider, reason) -> found.fallback(reason),
        errand::isDropped,
        UnaryOperator.identity()));
  }

  private static boolean hasChains(Capabilities account, Instrument underlying) {
    return account.has(Feature.CHAINS) && UNDERLYINGS.contains(underlying.assetClass());
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    return questions.ask(new Question<>(
        "contracts",
        Optional.of(contract),
        each -> each.has(Feature.CHAINS),
        provider -> provider.contract(contract, priority),
        found -> judge.contract(found.leg()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public Future<Snapshots> snapshots(List<Instrument> instruments, Priority priority) {
    return snapshots.ask(instruments, priority);
  }

  @Override
  public Future<PastTrades> trades(Instrument instrument, int limit, Priority priority) {
    return questions.ask(new Question<>(
        "past trades",
        Optional.of(instrument),
        has(Feature.TRADES, instrument),
        provider -> provider.trades(instrument, limit, priority),
        found -> Worth.of(!found.trades().isEmpty()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  @Override
  public Future<IndicatorValues> indicator(IndicatorQuery query, Priority priority) {
    return questions.ask(new Question<>(
        "indicators",
        Optional.of(query.instrument()),
        has(Feature.INDICATORS, query.instrument()),
        provider -> provider.indicator(query, priority),
        found -> Worth.of(!found.points().isEmpty()),
        (found, provider, reason) -> found.fallback(reason)));
  }

  private static Predicate<Capabilities> has(Feature feature, Instrument instrument) {
    return each -> each.has(feature) && each.covers(instrument.assetClass());
  }

  @Override
  public List<AccountState> accounts() {
    return IntStream.range(0, accounts.size())
        .mapToObj(i -> accounts.get(i).state(streams(i)))
        .toList();
  }

  @Override
  public Future<Void> close() {
    return Future.join(
            accounts.stream().map(account -> account.provider().close()).toList())
        .mapEmpty();
  }
}
