package io.candlehub.ingest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IndicatorValuesJson;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.demand.DemandReport;
import io.candlehub.ingest.FeedMeters.Question;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import io.candlehub.model.feed.PastTrades;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers the bus requests of ingest (addresses {@code ingest.*}) while this node holds the provider. Confined to the
 * verticle's event loop.
 */
final class IngestService {
  private static final int MAX_SEARCH = 100;
  private static final int MAX_SYMBOLS = 1_000;
  private static final int MAX_TRADES = 1_000;
  private static final long RETRY_MILLIS = 500;

  private final MarketDataProvider provider;
  private final Predicate<DemandReport> demand;
  private final HistoryFlights histories;
  private final MarketStatusCache marketStatus;
  private final SingleFlight<Search, List<Listing>> searches;
  private final SingleFlight<Instrument, Listing> listings;
  private final SingleFlight<Instrument, List<Split>> splits;
  private final SingleFlight<Instrument, Expirations> expirations;
  private final ErrandFlights<ChainQuery, ChainSnapshot> chains;
  private final SingleFlight<Instrument, ContractSnapshot> contracts;
  private final SingleFlight<LastTrades, PastTrades> trades;
  private final SingleFlight<IndicatorQuery, IndicatorValues> indicators;
  private final SnapshotCache snapshots;
  private final Set<Message<?>> outstanding = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  IngestService(
      MarketDataProvider provider,
      Predicate<DemandReport> demand,
      FeedSender.Clocks clocks,
      FeedMeters meters) {
    this.provider = provider;
    this.demand = demand;
    this.histories = new HistoryFlights(provider::history, clocks.market(), meters);
    this.marketStatus = new MarketStatusCache(provider::marketStatus, clocks.nanos(), meters);
    this.searches = new SingleFlight<>(Question.SYMBOLS, meters);
    this.listings = new SingleFlight<>(Question.INSTRUMENT, meters);
    this.splits = new SingleFlight<>(Question.SPLITS, meters);
    this.expirations = new SingleFlight<>(Question.EXPIRATIONS, meters);
    this.chains = ErrandFlights.ofEqual(Question.CHAIN, meters, provider::chain);
    this.contracts = new SingleFlight<>(Question.CONTRACT, meters);
    this.trades = new SingleFlight<>(Question.TRADES, meters);
    this.indicators = new SingleFlight<>(Question.INDICATOR, meters);
    this.snapshots =
        new SnapshotCache(provider::snapshots, clocks.nanos(), clocks.scheduler(), meters);
  }

  /** Takes what a hub node wants. */
  void demand(Message<Object> message) {
    answer(message, request -> {
      boolean known = demand.test(DemandReport.from(request.body()));
      return Future.succeededFuture(DemandReport.answer(known));
    });
  }

  /** Fails what is not answered, and all that comes, so that it is asked of the next node. */
  void close() {
    closed = true;
    List<Message<?>> unanswered = List.copyOf(outstanding);
    outstanding.clear();
    unanswered.forEach(IngestService::refuse);
  }

  /**
   * Answers a {@code BarBlock} with headers {@code askedAt}, and {@code source}, {@code fallbackReason} and {@code doubted} as
   * far as there is something to say.
   */
  void history(Message<Object> message) {
    run(message, request -> {
      Priority priority = request.priority();
      HistoryUnit unit = request.parsed("unit", HistoryUnit::parse, "second, minute or day");
      HistoryQuery query = request.checked(() -> new HistoryQuery(
          request.instrument(), unit, request.number("from"), request.number("to")));
      return histories
          .ask(query, priority, ticket(request))
          .map(history -> () -> message.reply(history.bars(), headers(history)));
    });
  }

  /** Returns by what the asker may leave; empty if it will not. */
  private static String ticket(RequestBody request) {
    return request.body().containsKey("ticket") ? request.words("ticket") : "";
  }

  private static DeliveryOptions headers(History history) {
    DeliveryOptions options =
        new DeliveryOptions().addHeader("askedAt", Long.toString(history.askedAtMillis()));
    if (!history.source().isEmpty()) {
      options.addHeader("source", history.source());
    }
    if (!history.fallbackReason().isEmpty()) {
      options.addHeader("fallbackReason", history.fallbackReason());
    }
    if (history.doubted()) {
      options.addHeader("doubted", "true");
    }
    return options;
  }

  /** Ends the wait of who asked for bars or a chain with a ticket. */
  void cancel(Message<Object> message) {
    answer(message, request -> {
      String ticket = request.words("ticket");
      histories.cancel(ticket);
      chains.cancel(ticket);
      return Future.succeededFuture(new JsonObject());
    });
  }

  /** Answers what the provider says about the market, at most half a minute old. */
  void marketStatus(Message<Object> message) {
    answer(message, request -> marketStatus.ask().map(MarketStatus::toJson));
  }

  /** Answers listings that match a query. */
  void symbols(Message<Object> message) {
    answer(message, request -> {
      int limit = (int) Math.max(1, Math.min(MAX_SEARCH, request.number("limit")));
      Search search = new Search(request.words("query"), limit);
      return searches
          .run(search, () -> provider.search(search.query(), search.limit()))
          .map(found -> new JsonArray(found.stream().map(Listing::toJson).toList()));
    });
  }

  /** Answers one listing. */
  void instrument(Message<Object> message) {
    answer(message, request -> {
      Instrument instrument = request.instrument();
      return listings.run(instrument, () -> provider.listing(instrument)).map(Listing::toJson);
    });
  }

  /** Answers the splits of an instrument. */
  void splits(Message<Object> message) {
    answer(message, request -> {
      Instrument instrument = request.instrument();
      return splits
          .run(instrument, () -> provider.splits(instrument))
          .map(found -> new JsonArray(found.stream().map(Split::toJson).toList()));
    });
  }

  /** Answers the {@link Expirations} of the options on an underlying. */
  void expirations(Message<Object> message) {
    answer(message, request -> {
      Instrument underlying = request.instrument();
      return expirations
          .run(underlying, () -> provider.expirations(underlying, Priority.READER))
          .map(SnapshotJson::expirations);
    });
  }

  /** Answers the {@link ChainSnapshot} of a range of expirations. */
  void chain(Message<Object> message) {
    answer(message, request -> {
      Priority priority = request.priority();
      ChainQuery query = request.checked(
          () -> new ChainQuery(request.instrument(), request.date("first"), request.date("last")));
      return chains.ask(query, priority, ticket(request)).map(SnapshotJson::chain);
    });
  }

  /** Answers a {@link ContractSnapshot}. */
  void contract(Message<Object> message) {
    answer(message, request -> {
      Instrument contract = request.instrument();
      return contracts
          .run(contract, () -> provider.contract(contract, Priority.READER))
          .map(SnapshotJson::contract);
    });
  }

  /**
   * Answers the {@link io.candlehub.model.MarketSnapshot}s of several instruments, at most two seconds old; a header {@code
   * doubted} names those of which nobody told anything though somebody could not say.
   */
  void snapshots(Message<Object> message) {
    run(
        message,
        request -> snapshots
            .ask(request.instruments("symbols", MAX_SYMBOLS), request.priority())
            .map(found -> () ->
                message.reply(SnapshotJson.snapshots(found.told()), SnapshotJson.headers(found))));
  }

  /** Answers the {@link PastTrades} of an instrument. */
  void trades(Message<Object> message) {
    answer(message, request -> {
      int limit = (int) Math.max(1, Math.min(MAX_TRADES, request.number("limit")));
      LastTrades last = new LastTrades(request.instrument(), limit);
      return trades
          .run(last, () -> provider.trades(last.instrument(), last.limit(), Priority.READER))
          .map(SnapshotJson::trades);
    });
  }

  /** Answers {@link IndicatorValues}, the provider's own. */
  void indicator(Message<Object> message) {
    answer(message, request -> {
      IndicatorQuery query = request.checked(() -> new IndicatorQuery(
          request.instrument(),
          request.parsed("name", IndicatorQuery::parseKind, "sma, ema, rsi or macd"),
          request.wholes("windows"),
          request.parsed("timeframe", Timeframe::parse, "1m, 1h or 1d"),
          request.number("to"),
          (int) request.number("limit")));
      return indicators
          .run(query, () -> provider.indicator(query, Priority.READER))
          .map(IndicatorValuesJson::body);
    });
  }

  /** Answers what there is to be asked for. */
  void capabilities(Message<Object> message) {
    answer(message, request -> Future.succeededFuture(provider.capabilities().toJson()));
  }

  /** Answers how the accounts do. */
  void providers(Message<Object> message) {
    answer(
        message,
        request -> Future.succeededFuture(new JsonObject()
            .put(
                "providers",
                new JsonArray(
                    provider.accounts().stream().map(AccountState::toJson).toList()))));
  }

  private void answer(Message<Object> message, Function<RequestBody, ? extends Future<?>> service) {
    run(message, request -> service.apply(request).map(answer -> () -> message.reply(answer)));
  }

  private void run(Message<Object> message, Function<RequestBody, Future<Runnable>> service) {
    if (closed) {
      refuse(message);
      return;
    }
    Future<Runnable> outcome;
    try {
      outcome = service.apply(RequestBody.of(message.body()));
    } catch (FailureException e) {
      outcome = Future.failedFuture(e);
    }
    outstanding.add(message);
    outcome.onComplete(answered -> {
      if (outstanding.remove(message)) {
        if (answered.succeeded()) {
          answered.result().run();
        } else {
          FailureException.of(answered.cause()).replyTo(message);
        }
      }
    });
  }

  private static void refuse(Message<?> message) {
    Failure.UNAVAILABLE
        .because("another node asks the provider now", RETRY_MILLIS)
        .replyTo(message);
  }

  private record Search(String query, int limit) {}

  private record LastTrades(Instrument instrument, int limit) {}
}
