package io.candlehub.ingest;

import static io.candlehub.ingest.ProviderServer.CALL;
import static io.candlehub.ingest.ProviderServer.EXPIRATIONS;
import static io.candlehub.ingest.ProviderServer.INDEX;
import static io.candlehub.ingest.ProviderServer.NOW;
import static io.candlehub.ingest.ProviderServer.SHARE;

import io.candlehub.ingest.Capabilities.Feature;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Snapshots;
import io.candlehub.model.Timeframe;
import io.candlehub.model.feed.PastTrades;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A question of {@link ProviderContractTest}.
 *
 * @param name what is asked
 * @param named true if the provider says that it answers it
 * @param tellsOne true if the answer is one thing, which cannot be empty
 * @param question asks it
 */
record ProviderAsk(
    String name, boolean named, boolean tellsOne, Supplier<Future<Object>> question) {
  /** The future nobody has. */
  static final Instrument OTHER = Instrument.of("F:ES");

  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Returns the question for the options that expire first. */
  static ChainQuery firstExpiration() {
    return new ChainQuery(SHARE, EXPIRATIONS.get(0), EXPIRATIONS.get(0));
  }

  /** Returns every question there is. */
  static List<ProviderAsk> all(MarketDataProvider provider) {
    Capabilities has = provider.capabilities();
    List<ProviderAsk> asks = new ArrayList<>();
    for (Instrument each : List.of(SHARE, INDEX, CALL, OTHER)) {
      for (HistoryUnit unit : HistoryUnit.values()) {
        HistoryQuery query = new HistoryQuery(each, unit, NOW - DAY, NOW);
        asks.add(several(
            "history of " + each + " by " + unit,
            has.keeps(each.assetClass(), unit),
            () -> provider.history(query, new Errand(Priority.READER))));
      }
      asks.add(several(
          "snapshot of " + each,
          has.snapshots().contains(each.assetClass()),
          () -> provider.snapshots(List.of(each), Priority.READER).map(Snapshots::told)));
    }
    boolean chains = has.has(Feature.CHAINS);
    boolean trades = has.has(Feature.TRADES);
    asks.add(several("search", has.has(Feature.SEARCH), () -> provider.search("spy", 5)));
    asks.add(one("listing", has.has(Feature.LISTING), () -> provider.listing(SHARE)));
    asks.add(several("splits", has.has(Feature.SPLITS), () -> provider.splits(SHARE)));
    asks.add(one("market status", has.has(Feature.MARKET_STATUS), provider::marketStatus));
    asks.add(several("expirations", chains, () -> provider.expirations(SHARE, Priority.READER)));
    asks.add(several(
        "chain", chains, () -> provider.chain(firstExpiration(), new Errand(Priority.READER))));
    asks.add(one("contract", chains, () -> provider.contract(CALL, Priority.READER)));
    asks.add(several("share's trades", trades, () -> provider.trades(SHARE, 9, Priority.READER)));
    asks.add(several("call's trades", trades, () -> provider.trades(CALL, 9, Priority.READER)));
    IndicatorQuery sma =
        new IndicatorQuery(SHARE, IndicatorKind.SMA, List.of(50), Timeframe.D1, NOW, 10);
    asks.add(several(
        "indicator", has.has(Feature.INDICATORS), () -> provider.indicator(sma, Priority.READER)));
    return asks;
  }

  private static ProviderAsk one(String name, boolean named, Supplier<Future<?>> question) {
    return new ProviderAsk(name, named, true, () -> question.get().map(answer -> (Object) answer));
  }

  private static ProviderAsk several(String name, boolean named, Supplier<Future<?>> question) {
    return new ProviderAsk(name, named, false, () -> question.get().map(answer -> (Object) answer));
  }

  /** Returns how many things an answer tells. */
  static int sizeOf(Object answer) {
    if (answer instanceof History history) {
      return history.bars().size();
    }
    if (answer instanceof Expirations expirations) {
      return expirations.dates().size();
    }
    if (answer instanceof PastTrades trades) {
      return trades.trades().size();
    }
    if (answer instanceof IndicatorValues values) {
      return values.points().size();
    }
    return answer instanceof ChainSnapshot chain
        ? chain.legs().size()
        : ((Collection<?>) answer).size();
  }
}
