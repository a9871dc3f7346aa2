package io.candlehub.launcher;

import static io.candlehub.launcher.ProviderOnExchange.DECEMBER;
import static io.candlehub.launcher.ProviderOnExchange.TEN;
import static io.candlehub.launcher.ProviderOnExchange.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.provider.tradier.TradierModule;
import io.candlehub.model.BarBlock;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Tradier provider against the local exchange, which shares no parser with it: what it tells is what is true. */
@Timeout(120)
class TradierOnExchangeTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument SPX = Instrument.of("I:SPX");
  private static ProviderOnExchange rig;

  @BeforeAll
  static void open() throws Exception {
    rig = new ProviderOnExchange(
        Map.of(
            "simulator.tradier-token", "of-the-second",
            "simulator.tradier-requests-per-minute", "1000"),
        exchange -> new TradierModule()
            .configure(Map.of(
                "tradier.access-token", "of-the-second",
                "tradier.base-url", exchange.restUrl() + "/v1",
                "tradier.ws-url", exchange.webSocketUrl() + "/v1")));
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
    assertThat(chain.spot()).isEqualTo(spot, within(0.02));
    int withGreeks = 0;
    for (SnapshotLeg leg : chain.legs()) {
      JsonObject known = truth.get(leg.symbol());
      assertThat(known).as(leg.symbol()).isNotNull();
      assertThat(leg.bid()).as(leg.symbol()).isEqualTo(price(known, "bid"));
      assertThat(leg.ask()).as(leg.symbol()).isEqualTo(price(known, "ask"));
      assertThat(leg.openInterest())
          .as(leg.symbol())
          .isEqualTo(known.getDouble("openInterest", Double.NaN));
      if (!leg.greeks().isEmpty()) {
        withGreeks++;
        assertThat(leg.greeks().delta())
            .as(leg.symbol())
            .isEqualTo(known.getDouble("delta"), within(0.01));
        assertThat(leg.volatility())
            .as(leg.symbol())
            .isEqualTo(known.getDouble("iv"), within(0.01));
        assertThat(leg.greeksAtMillis()).as("the last full hour").isEqualTo(TEN);
      }
    }
    assertThat(withGreeks).isGreaterThan(chain.legs().size() / 2);
  }

  @Test
  void shouldKnowTheOptionsOnAnIndex() throws Exception {
    List<LocalDate> expirations =
        rig.run(() -> rig.provider.expirations(SPX, Priority.READER)).dates();
    ChainSnapshot chain = rig.run(() ->
        rig.provider.chain(new ChainQuery(SPX, DECEMBER, DECEMBER), new Errand(Priority.READER)));

    assertThat(expirations).isSorted().contains(DECEMBER).hasSizeGreaterThan(10);
    assertThat(chain.underlying()).isEqualTo("I:SPX");
    assertThat(chain.legs())
        .extracting(leg -> leg.terms().contract().root())
        .contains("SPX", "SPXW");
    SnapshotLeg leg = chain.legs().get(0);
    ContractSnapshot alone =
        rig.run(() -> rig.provider.contract(leg.terms().contract().instrument(), Priority.READER));
    assertThat(alone.leg()).isEqualTo(leg);
    assertThat(alone.spot()).isPositive();
    assertThat(alone.spotAtMillis()).isPositive();
    assertThat(catchThrowable(() -> rig.run(
            () -> rig.provider.contract(Instrument.of("O:SPY251219C99999000"), Priority.READER))))
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.CONTRACT_NOT_FOUND));
  }

  @Test
  void shouldTellPresentPricesAndBars() throws Exception {
    Instrument call = rig.nearestCall();
    List<MarketSnapshot> snapshots = rig.run(() -> rig.provider.snapshots(
            List.of(SPY, call, SPX, Instrument.of("ZZZZZ")), Priority.READER))
        .told();

    assertThat(snapshots).extracting(MarketSnapshot::instrument).containsExactly(SPY, call, SPX);
    assertThat(snapshots).allSatisfy(snapshot -> assertThat(snapshot.last()).isPositive());
    BarBlock minutes = history(HistoryUnit.MINUTE, TEN - 1_800_000, TEN - 60_000);
    assertThat(minutes.size()).isEqualTo(30);
    assertThat(minutes.startMillis(0)).isEqualTo(TEN - 1_800_000);
    assertThat(history(HistoryUnit.DAY, TEN - 10 * 86_400_000L, TEN).size()).isBetween(6, 8);
    assertThat(rig.run(() -> rig.provider.marketStatus()).market()).isEqualTo("open");
  }

  private static BarBlock history(HistoryUnit unit, long from, long to) throws Exception {
    return rig.run(() -> rig.provider.history(
            new HistoryQuery(SPY, unit, from, to), new Errand(Priority.READER)))
        .bars();
  }

  @Test
  void shouldStreamSharesOptionsAndIndicesInOneSession() throws Exception {
    Instrument call = rig.nearestCall();
    Set<Topic> wanted = Set.of(
        topic("quotes:SPY"), topic("trades:SPY"), topic("quotes:" + call), topic("trades:I:SPX"));
    rig.said.clear();
    rig.context.runOnContext(ignored -> rig.provider.demand(wanted));
    rig.control.setClock(new JsonObject().put("paused", false));

    Set<Topic> open = new HashSet<>(wanted);
    while (!open.isEmpty()) {
      FeedEvent event = rig.said.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("data of %s", open).isNotNull();
      if (event instanceof QuoteEvent quote) {
        open.remove(topic("quotes:" + quote.instrument()));
      } else if (event instanceof TradeEvent trade) {
        open.remove(topic("trades:" + trade.instrument()));
      }
    }
    JsonObject stats = rig.control.get("/sim/stats");
    assertThat(stats.encode()).contains("tradier");
    rig.context.runOnContext(ignored -> rig.provider.demand(Set.of()));
  }

  /** Returns a price, boxed: so compared, no price equals no price. */
  private static Double price(JsonObject row, String name) {
    double price = row.getDouble(name, Double.NaN);
    return price == 0 ? Double.valueOf(Double.NaN) : Double.valueOf(price);
  }
}
