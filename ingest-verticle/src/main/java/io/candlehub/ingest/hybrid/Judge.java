package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.model.quality.Assessment;
import io.candlehub.model.quality.QualityRules;
import java.util.Set;

/** Says what answers are worth, by the rules that clients are told too. */
final class Judge {
  private static final Set<AssetClass> ALWAYS_TRADED = Set.of(AssetClass.EQUITY, AssetClass.INDEX);
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long SOME_MINUTES_MILLIS = 5 * 60_000;

  private final MarketClock clock;

  Judge(MarketClock clock) {
    this.clock = clock;
  }

  Worth chain(ChainSnapshot chain) {
    if (chain.legs().isEmpty()) {
      return Worth.NOTHING;
    }
    long newest = chain.legs().stream().mapToLong(SnapshotLeg::atMillis).max().orElse(0);
    return worth(QualityRules.chain(chain), newest);
  }

  Worth contract(SnapshotLeg leg) {
    return worth(QualityRules.contract(leg), leg.atMillis());
  }

  Worth snapshot(MarketSnapshot snapshot) {
    return worth(QualityRules.snapshot(snapshot), snapshot.atMillis());
  }

  /**
   * Returns true if bars should have been told and were not. A minute may be quiet, an option for days, and while the
   * market is closed, before it opens and on a holiday there is nothing to tell. Nothing of a stock or an index in some
   * minutes of a regular session is odd, and no day in an hour of one.
   */
  static boolean isOdd(HistoryQuery query, History history) {
    return history.bars().size() == 0 && holdsTrading(query, history.askedAtMillis());
  }

  private static boolean holdsTrading(HistoryQuery query, long nowMillis) {
    if (!ALWAYS_TRADED.contains(query.instrument().assetClass())) {
      return false;
    }
    long least = query.unit() == HistoryUnit.DAY ? HOUR_MILLIS : SOME_MINUTES_MILLIS;
    TradingCalendar calendar = TradingCalendar.of(query.instrument());
    long from = query.fromMillis();
    long to = Math.min(query.endMillis(), nowMillis);
    for (TradingDay day : calendar.between(calendar.dateOf(from), calendar.dateOf(to))) {
      if (Math.min(to, day.closeMillis()) - Math.max(from, day.openMillis()) >= least) {
        return true;
      }
    }
    return false;
  }

  private Worth worth(Assessment found, long atMillis) {
    return new Worth(found.quality("", atMillis, clock.millis(), "").confidence());
  }
}
