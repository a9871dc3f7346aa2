package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.AccountState;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedSink;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.IndicatorQuery;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.Split;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An account alone: everything is asked of it whether it is healthy or not, and notes are taken of how it does. What it
 * streams goes on as it comes, topics with its name. Confined to one event loop.
 */
final class SoleProvider implements MarketDataProvider {
  private final Account account;
  private final Origin origin;
  private final FeedSink out;
  private final Map<String, String> streams = new HashMap<>();

  SoleProvider(ProviderConfig config, ProviderContext context) {
    out = context.sink();
    origin = new Origin(config.id(), "");
    account = Account.open(config, context, this::pass);
  }

  private void pass(List<FeedEvent> events) {
    List<FeedEvent> passed = events;
    if (events.stream().anyMatch(SoleProvider::isStatus)) {
      passed = events.stream().map(this::noted).toList();
    }
    out.accept(passed);
  }

  private static boolean isStatus(FeedEvent event) {
    return event instanceof FeedStatus || event instanceof TopicStatus;
  }

  private FeedEvent noted(FeedEvent event) {
    if (event instanceof FeedStatus status) {
      streams.put(status.market(), status.state().name().toLowerCase(Locale.ROOT));
    }
    return event instanceof TopicStatus status ? status.of(origin) : event;
  }

  @Override
  public Capabilities capabilities() {
    return account.capabilities();
  }

  @Override
  public void demand(Set<Topic> topics) {
    account.provider().demand(topics);
  }

  @Override
  public Future<History> history(HistoryQuery query, Errand errand) {
    return account.ask(provider -> provider.history(query, errand));
  }

  @Override
  public Future<List<Listing>> search(String query, int limit) {
    return account
        .ask(provider -> provider.search(query, limit))
        .map(found -> found.stream().map(each -> each.of(origin)).toList());
  }

  @Override
  public Future<Listing> listing(Instrument instrument) {
    return account.ask(provider -> provider.listing(instrument)).map(found -> found.of(origin));
  }

  @Override
  public Future<List<Split>> splits(Instrument instrument) {
    return account.ask(provider -> provider.splits(instrument));
  }

  @Override
  public Future<MarketStatus> marketStatus() {
    return account.ask(MarketDataProvider::marketStatus).map(status -> status.of(origin));
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying, Priority priority) {
    return account.ask(provider -> provider.expirations(underlying, priority));
  }

  @Override
  public Future<ChainSnapshot> chain(ChainQuery query, Priority priority) {
    return account.ask(provider -> provider.chain(query, priority));
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    return account.ask(provider -> provider.contract(contract, priority));
  }

  @Override
  public Future<List<MarketSnapshot>> snapshots(List<Instrument> instruments, Priority priority) {
    return account.ask(provider -> provider.snapshots(instruments, priority));
  }

  @Override
  public Future<PastTrades> trades(Instrument instrument, int limit, Priority priority) {
    return account.ask(provider -> provider.trades(instrument, limit, priority));
  }

  @Override
  public Future<IndicatorValues> indicator(IndicatorQuery query, Priority priority) {
    return account.ask(provider -> provider.indicator(query, priority));
  }

  @Override
  public List<AccountState> accounts() {
    return List.of(account.state(streams));
  }

  @Override
  public Future<Void> close() {
    return account.provider().close();
  }
}
