package io.candlehub.launcher;

import static io.candlehub.launcher.ProviderOnExchange.DECEMBER;
import static io.candlehub.launcher.ProviderOnExchange.TEN;
import static io.candlehub.launcher.ProviderOnExchange.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.hub.indicator.IndicatorPoint;
import io.candlehub.hub.indicator.IndicatorSeries;
import io.candlehub.hub.indicator.IndicatorSpec;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.IndicatorQuery;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.provider.massive.MassiveModule;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Massive provider against the local exchange, which shares no parser with it: what it tells is what is true. */
@Timeout(120)
class MassiveOnExchangeTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument SPX = Instrument.of("I:SPX");
  private static ProviderOnExchange rig;

  @BeforeAll
  static void open() throws Exception {
    rig = new ProviderOnExchange(
        Map.of(),
        exchange -> new MassiveModule()
            .configure(Map.of(
                "massive.api-key", exchange.apiKey(),
                "massive.rest-url", exchange.restUrl(),
                "massive.ws-url", exchange.webSocketUrl())));
  }

  @BeforeEach
  void stopTheClock() throws Exception {
    rig.stopTheClock();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  @Test
  void shouldTellEveryContractOfAChainAsItIs() throws Exception {
    ChainSnapshot chain = rig.run(() ->
        rig.provider.chain(new ChainQuery(SPY, DECEMBER, DECEMBER), new Errand(Priority.READER)));

    Map<String, JsonObject> truth = rig.truth("SPY");
    assertThat(chain.legs()).hasSize(truth.size()).hasSizeGreaterThan(100);
    double spot = truth.values().iterator().next().getDouble("spot");
    assertThat(chain.spot()).isEqualTo(spot, within(0.01));
    for (SnapshotLeg leg : chain.legs()) {
      JsonObject true_ = truth.get(leg.symbol());
      assertThat(true_).as(leg.symbol()).isNotNull();
      assertThat(leg.source()).isEqualTo("massive");
      assertThat(leg.terms().style()).isEqualTo(ExerciseStyle.AMERICAN);
      boolean told = true_.getBoolean("told", false);
      assertThat(values(leg))
          .as(leg.symbol())
          .containsExactly(
              price(true_, "bid"),
              price(true_, "ask"),
              number(true_, "bidSize"),
              number(true_, "askSize"),
              number(true_, "last"),
              number(true_, "volume"),
              number(true_, "openInterest"),
              told ? number(true_, "iv") : Double.NaN,
              told ? number(true_, "delta") : Double.NaN,
              told ? number(true_, "gamma") : Double.NaN,
              told ? number(true_, "theta") : Double.NaN,
              told ? number(true_, "vega") : Double.NaN);
    }
    assertThat(chain.legs().stream().filter(leg -> !leg.greeks().isEmpty()).count())
        .isGreaterThan(chain.legs().size() / 2);
  }

  private static double[] values(SnapshotLeg leg) {
    return new double[] {
      leg.bid(),
      leg.ask(),
      leg.bidSize(),
      leg.askSize(),
      leg.last(),
      leg.volume(),
      leg.openInterest(),
      leg.volatility(),
      leg.greeks().delta(),
      leg.greeks().gamma(),
      leg.greeks().theta(),
      leg.greeks().vega()
    };
  }

  /** Where nobody bids or offers, the wire says 0. */
  private static double price(JsonObject row, String name) {
    double price = number(row, name);
    return price == 0 ? Double.NaN : price;
  }

  private static double number(JsonObject row, String name) {
    return row.getDouble(name, Double.NaN);
  }

  @Test
  void shouldKnowTheOptionsOnAnIndex() throws Exception {
    List<LocalDate> expirations =
        rig.run(() -> rig.provider.expirations(SPX, Priority.READER)).dates();
    ChainSnapshot chain = rig.run(() ->
        rig.provider.chain(new ChainQuery(SPX, DECEMBER, DECEMBER), new Errand(Priority.READER)));

    assertThat(expirations).isSorted().doesNotHaveDuplicates().contains(DECEMBER);
    assertThat(expirations).hasSizeGreaterThan(10);
    assertThat(chain.legs())
        .extracting(leg -> leg.terms().contract().root())
        .contains("SPX", "SPXW");
    assertThat(chain.legs())
        .allSatisfy(leg -> assertThat(leg.terms().style()).isEqualTo(ExerciseStyle.EUROPEAN));
    SnapshotLeg leg = chain.legs().get(0);
    ContractSnapshot alone =
        rig.run(() -> rig.provider.contract(leg.terms().contract().instrument(), Priority.READER));
    assertThat(alone.leg().symbol()).isEqualTo(leg.symbol());
    assertThat(alone.spot()).isPositive();
    assertThat(alone.spotAtMillis()).isPositive();
  }

  @Test
  void shouldTellPresentPricesTradesAndBarsOfEveryClass() throws Exception {
    Instrument call = rig.nearestCall();
    List<MarketSnapshot> snapshots = rig.run(() -> rig.provider.snapshots(
            List.of(SPY, call, SPX, Instrument.of("O:SPY251219C99999000")), Priority.READER))
        .told();
    List<TradeEvent> trades =
        rig.run(() -> rig.provider.trades(SPY, 50, Priority.READER)).trades();

    assertThat(snapshots)
        .extracting(MarketSnapshot::instrument)
        .containsExactlyInAnyOrder(SPY, call, SPX);
    assertThat(snapshots).allSatisfy(snapshot -> assertThat(snapshot.last()).isPositive());
    assertThat(trades).hasSize(50);
    assertThat(trades.get(49).atMillis()).isBetween(TEN - 60_000, TEN);
    for (Instrument instrument : List.of(SPY, call, SPX)) {
      HistoryQuery query =
          new HistoryQuery(instrument, HistoryUnit.MINUTE, TEN - 1_800_000, TEN - 60_000);
      History history = rig.run(() -> rig.provider.history(query, new Errand(Priority.READER)));
      assertThat(history.bars().size()).as(instrument.symbol()).isPositive();
    }
  }

  @Test
  void shouldComputeIndicatorsAsWeDo() throws Exception {
    long to = TEN - 60_000;
    HistoryQuery query = new HistoryQuery(SPY, HistoryUnit.MINUTE, TEN - 3 * 86_400_000L, to);
    BarBlock minutes =
        rig.run(() -> rig.provider.history(query, new Errand(Priority.READER))).bars();
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < minutes.size(); i++) {
      bars.add(minute(minutes, i));
    }
    List<IndicatorKind> kinds =
        Stream.of(IndicatorKind.values()).filter(IndicatorKind::isOfProviders).toList();
    assertThat(kinds).hasSize(4);
    for (IndicatorKind kind : kinds) {
      IndicatorSpec spec = IndicatorSpec.usual(kind);
      IndicatorSeries own = new IndicatorSeries(spec, TradingCalendar.nyse(), 2 * bars.size());
      own.put(bars);
      IndicatorValues told = rig.run(() -> rig.provider.indicator(
          new IndicatorQuery(SPY, kind, spec.windows(), Timeframe.M1, to, 10), Priority.READER));
      assertThat(told.points()).as(kind.wireName()).hasSize(10);
      for (IndicatorValues.Point point : told.points()) {
        IndicatorPoint ours =
            own.points(point.startMillis(), point.startMillis(), 1).get(0);
        assertThat(ours.settled()).isTrue();
        for (int i = 0; i < point.values().size(); i++) {
          assertThat(ours.values().get(i))
              .as("%s at %s", kind, point.startMillis())
              .isEqualTo(point.values().get(i), within(1e-4));
        }
      }
    }
  }

  private static Bar minute(BarBlock minutes, int i) {
    return new Bar(
        minutes.startMillis(i),
        minutes.open(i),
        minutes.high(i),
        minutes.low(i),
        minutes.close(i),
        minutes.volume(i),
        minutes.vwap(i),
        minutes.trades(i),
        BarState.FINAL,
        0,
        BarSource.BACKFILL,
        Double.NaN);
  }

  @Test
  void shouldStreamOptionsAndIndicesBesideShares() throws Exception {
    Set<Topic> wanted = Set.of(
        topic("quotes:SPY"),
        topic("quotes:" + rig.nearestCall()),
        topic("trades:I:SPX"),
        topic("halts:I:SPX"));
    rig.context.runOnContext(ignored -> rig.provider.demand(wanted));
    rig.control.setClock(new JsonObject().put("paused", false));

    Set<String> open = new HashSet<>(Set.of("SPY", rig.nearestCall().symbol(), "I:SPX", "refused"));
    while (!open.isEmpty()) {
      FeedEvent event = rig.said.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("data of %s", open).isNotNull();
      if (event instanceof QuoteEvent quote) {
        open.remove(quote.instrument().symbol());
      } else if (event instanceof TradeEvent trade) {
        open.remove(trade.instrument().symbol());
      } else if (event.equals(new TopicStatus(topic("halts:I:SPX"), TopicStatus.State.REFUSED))) {
        open.remove("refused");
      }
    }
    JsonObject connections = rig.control.get("/sim/stats");
    assertThat(connections.encode()).contains("options").contains("indices");
  }
}
