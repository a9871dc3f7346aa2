package io.candlehub.ingest.hybrid;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.Capabilities.Feature;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedSink;
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
import io.candlehub.ingest.provider.RefusedTopics;
import io.candlehub.model.AssetClass;
import io.candlehub.model.BarBlock;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Greeks;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.Origin;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Snapshots;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A provider that does what a test tells it to; its own configuration as well. */
final class ScriptedProvider implements MarketDataProvider, ProviderConfig {
  static final Set<Channel> ALL = EnumSet.allOf(Channel.class);
  static final String CALL = "O:SPY251219C00650000";

  private static final double NONE = Double.NaN;

  /** How it answers. */
  enum Answer {
    /** With data that can be trusted. */
    GOOD,
    /** With nothing. */
    EMPTY,
    /** With data that have no price. */
    POOR,
    /** With an error. */
    ERROR,
    /** By asking for patience. */
    BUSY,
    /** Not at all: its budget of requests is spent. */
    CROWDED,
    /** That the plan does not include it. */
    NOT_ENTITLED,
    /** That there is no such thing. */
    UNKNOWN,
    /** That it has no such data, although it said so. */
    UNSUPPORTED,
    /** By an exception of its own. */
    BUG
  }

  final List<String> asked = new ArrayList<>();
  final Map<Instrument, Answer> answers = new HashMap<>();

  /** Of what it says itself that it cannot tell. */
  Set<Instrument> doubted = Set.of();

  Answer answer = Answer.GOOD;
  Set<Topic> demanded = Set.of();
  boolean closed;

  private final String id;
  private final Capabilities capabilities;
  private FeedSink sink = events -> {};
  private final RefusedTopics refused = new RefusedTopics(events -> sink.accept(events));

  ScriptedProvider(String id, Capabilities capabilities) {
    this.id = id;
    this.capabilities = capabilities;
  }

  /** Returns the capabilities of a provider that has everything but some channels of stocks. */
  static Capabilities everything(Set<Channel> stocks) {
    return new Capabilities(
        Map.of(
            AssetClass.EQUITY, stocks,
            AssetClass.OPTION, Set.of(Channel.QUOTES, Channel.TRADES),
            AssetClass.INDEX, Set.of(Channel.TRADES)),
        Map.of(AssetClass.EQUITY, Set.of(HistoryUnit.values())),
        Set.of(AssetClass.EQUITY, AssetClass.OPTION, AssetClass.INDEX),
        Set.of(Feature.values()));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public MarketDataProvider open(ProviderContext context) {
    feed(context.sink());
    return this;
  }

  /** Sets where its feed goes, and says that it does nothing yet. */
  void feed(FeedSink to) {
    sink = to;
    say("stocks", FeedStatus.State.IDLE);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void demand(Set<Topic> topics) {
    demanded = topics;
  }

  /** Says what a connection does. */
  void say(String market, FeedStatus.State state) {
    String reason = state == FeedStatus.State.STREAMING ? "" : "because of " + state;
    emit(new FeedStatus(id, market, state, reason, 0, Set.of(), -1));
  }

  /** Connects a market and subscribes all that is demanded of it. */
  void connect(String market) {
    say(market, FeedStatus.State.STREAMING);
    topics(market, TopicStatus.State.READY);
  }

  /** Loses the connection of a market. */
  void lose(String market, FeedStatus.State state) {
    say(market, state);
    topics(market, TopicStatus.State.LOST);
  }

  /** Refuses those of some topics that are demanded, and forgets those that are not. */
  void refuse(Set<Topic> topics) {
    Set<Topic> now =
        topics.stream().filter(demanded::contains).collect(Collectors.toUnmodifiableSet());
    refused.set(now, demanded);
  }

  private void topics(String market, TopicStatus.State state) {
    List<FeedEvent> statuses = new ArrayList<>();
    demanded.stream()
        .filter(topic -> topic.instrument().assetClass().market().equals(market))
        .forEach(topic -> statuses.add(new TopicStatus(topic, state)));
    sink.accept(statuses);
  }

  void emit(FeedEvent... events) {
    sink.accept(List.of(events));
  }

  private <T> Future<T> answer(String what, Supplier<T> good, Supplier<T> empty, Supplier<T> poor) {
    asked.add(what);
    return switch (answer) {
      case GOOD -> Future.succeededFuture(good.get());
      case EMPTY -> Future.succeededFuture(empty.get());
      case POOR -> Future.succeededFuture(poor.get());
      case ERROR -> Future.failedFuture(Failure.PROVIDER_ERROR.because("it is broken"));
      case BUSY -> Future.failedFuture(Failure.RATE_LIMITED.because("slow down", 700));
      case CROWDED -> Future.failedFuture(Failure.UNAVAILABLE.because("too many requests", 400));
      case NOT_ENTITLED -> Future.failedFuture(Failure.NOT_ENTITLED.because("not in the plan"));
      case UNKNOWN -> Future.failedFuture(Failure.UNKNOWN_INSTRUMENT.because("no such thing"));
      case UNSUPPORTED -> Future.failedFuture(Failure.UNSUPPORTED.because("not available"));
      case BUG -> throw new IllegalStateException("secret of " + id);
    };
  }

  private <T> Future<T> answer(String what, Supplier<T> good, Supplier<T> empty) {
    return answer(what, good, empty, good);
  }

  @Override
  public Future<History> history(HistoryQuery query, Errand errand) {
    return answer(
        "history",
        () -> new History(
            new BarBlock.Builder(1)
                .add(query.fromMillis(), 1, 2, 1, 2, 10, NONE, -1)
                .build(),
            query.endMillis()),
        () -> new History(new BarBlock.Builder(0).build(), query.endMillis()));
  }

  @Override
  public Future<List<Listing>> search(String query, int limit) {
    return answer(
        "search",
        () -> List.of(new Listing(Instrument.of("SPY"), "of " + id, "", "")),
        List::<Listing>of);
  }

  @Override
  public Future<Listing> listing(Instrument instrument) {
    Supplier<Listing> known = () -> new Listing(instrument, "of " + id, "", "");
    return answer("listing", known, known);
  }

  @Override
  public Future<List<Split>> splits(Instrument instrument) {
    return answer(
        "splits", () -> List.of(new Split(LocalDate.of(2025, 6, 9), 1, 10)), List::<Split>of);
  }

  @Override
  public Future<MarketStatus> marketStatus() {
    Supplier<MarketStatus> open = () -> new MarketStatus("open", Map.of(), "", false, false, 0);
    return answer("market-status", open, open);
  }

  @Override
  public Future<Expirations> expirations(Instrument underlying, Priority priority) {
    return answer(
        "expirations",
        () -> new Expirations(underlying.symbol(), List.of(LocalDate.of(2025, 12, 19)), id, ""),
        () -> new Expirations(underlying.symbol(), List.of(), id, ""));
  }

  @Override
  public Future<ChainSnapshot> chain(ChainQuery query, Errand errand) {
    return answer(
        "chain",
        () -> chain(List.of(leg(5))),
        () -> chain(List.of()),
        () -> chain(List.of(leg(NONE))));
  }

  private static ChainSnapshot chain(List<SnapshotLeg> legs) {
    return new ChainSnapshot("SPY", 650, 1, legs, 1);
  }

  private SnapshotLeg leg(double bid) {
    return new SnapshotLeg(
        OptionTerms.of(OptionContract.of(Instrument.of(CALL)).orElseThrow()),
        bid,
        bid + 0.1,
        1,
        1,
        NONE,
        100,
        100,
        0.2,
        new Greeks(0.5, 0.01, -0.1, 0.2, 0.1),
        1,
        1,
        id,
        "",
        Set.of());
  }

  @Override
  public Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    Supplier<ContractSnapshot> poor = () -> new ContractSnapshot(leg(NONE), 650, 1);
    return answer("contract", () -> new ContractSnapshot(leg(5), 650, 1), poor, poor);
  }

  @Override
  public Future<Snapshots> snapshots(List<Instrument> instruments, Priority priority) {
    return answer(
        "snapshots " + instruments,
        () -> new Snapshots(snapshots(instruments), doubted),
        () -> Snapshots.of(List.of()));
  }

  private List<MarketSnapshot> snapshots(List<Instrument> instruments) {
    return instruments.stream()
        .filter(each -> answers.getOrDefault(each, answer) != Answer.EMPTY)
        .map(each -> snapshot(each, answers.getOrDefault(each, answer) == Answer.POOR ? NONE : 5))
        .toList();
  }

  private MarketSnapshot snapshot(Instrument instrument, double last) {
    return new MarketSnapshot(
        instrument,
        "",
        NONE,
        NONE,
        NONE,
        NONE,
        last,
        1,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        1,
        0,
        1,
        id,
        "",
        Set.of());
  }

  @Override
  public Future<PastTrades> trades(Instrument instrument, int limit, Priority priority) {
    TradeEvent trade = new TradeEvent(instrument, 1, 1, 0, 5, 1, List.of());
    return answer(
        "trades",
        () -> new PastTrades(instrument, List.of(trade), id, ""),
        () -> new PastTrades(instrument, List.of(), id, ""));
  }

  @Override
  public Future<IndicatorValues> indicator(IndicatorQuery query, Priority priority) {
    IndicatorValues.Point point = new IndicatorValues.Point(query.toMillis(), List.of(5.0));
    Origin origin = new Origin(id, "");
    return answer(
        "indicator",
        () -> new IndicatorValues(query.instrument(), List.of(point), origin),
        () -> new IndicatorValues(query.instrument(), List.of(), origin));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.succeededFuture();
  }
}
