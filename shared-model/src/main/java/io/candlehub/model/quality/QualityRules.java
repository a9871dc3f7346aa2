package io.candlehub.model.quality;

import io.candlehub.model.Bar;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Greeks;
import io.candlehub.model.Leg;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionRight;
import io.candlehub.model.Quoted;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Timeframe;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is looked at in quotes, contracts, chains and indices. Pure. */
public final class QualityRules {
  /** Providers compute far from the money with an error of about this. */
  private static final double ROUNDED = 1e-4;

  /**
   * What is so much older than what stands beside it is old: greeks beside a quote, and the prices that greeks are computed
   * from beside each other. A provider that computes greeks once an hour has old ones most of the time; a warning says so,
   * for they still count more than none.
   */
  public static final long OLD_BESIDE_MILLIS = 15 * 60_000;

  private static final double WIDE_SPREAD = 0.1;
  private static final double LOW_OPEN_INTEREST = 10;
  private static final double MAX_VOLATILITY = 3;
  private static final double COVERAGE = 0.8;
  private static final double USABLE = 0.5;

  /** A gap between strikes this much wider than both gaps beside it is a hole. */
  private static final double HOLE = 1.5;

  private QualityRules() {}

  /** Looks at bid and offer, last price and the day's volume. */
  public static Assessment quote(Quoted quote) {
    return prices(quote, quote.last()).when(isNegative(quote.volume()), Finding.BAD_VALUE);
  }

  /** Looks at bid and offer alone: a last price makes no book. */
  public static Assessment book(Quoted quote) {
    return prices(quote, Double.NaN);
  }

  /** Looks at what a provider tells of an instrument. */
  public static Assessment snapshot(MarketSnapshot snapshot) {
    return quote(snapshot)
        .when(isNegative(snapshot.openInterest()), Finding.BAD_VALUE)
        .when(snapshot.low() > snapshot.high(), Finding.BAD_BAR);
  }

  private static Assessment prices(Quoted quote, double last) {
    double bid = quote.bid();
    double ask = quote.ask();
    boolean isBid = bid > 0;
    boolean isOffered = ask > 0;
    boolean both = isBid && isOffered;
    return new Assessment()
        .when(
            isNegative(bid)
                || isNegative(ask)
                || isNegative(quote.bidSize())
                || isNegative(quote.askSize())
                || isNegative(last)
                || Double.isInfinite(bid)
                || Double.isInfinite(ask)
                || Double.isInfinite(last),
            Finding.BAD_VALUE)
        .when(!isBid && !isOffered && !(last > 0), Finding.NO_PRICE)
        .when(isBid != isOffered, Finding.ONE_SIDED)
        .when(both && bid > ask, Finding.CROSSED)
        .when(both && bid == ask, Finding.LOCKED)
        .when(both && ask - bid > WIDE_SPREAD * (ask + bid) / 2, Finding.WIDE_SPREAD);
  }

  private static boolean isNegative(double value) {
    return value < 0;
  }

  /** Looks at a contract. */
  public static Assessment contract(OptionLeg leg) {
    return leg(leg);
  }

  private static Assessment leg(Leg leg) {
    Assessment found = quote(leg)
        .when(isNegative(leg.openInterest()), Finding.BAD_VALUE)
        .when(!(leg.volume() > 0), Finding.NO_VOLUME)
        .when(!(leg.openInterest() >= LOW_OPEN_INTEREST), Finding.LOW_OPEN_INTEREST)
        .when(Double.isNaN(leg.volatility()), Finding.NO_VOLATILITY)
        .when(leg.volatility() < 0 || leg.volatility() > MAX_VOLATILITY, Finding.VOLATILITY_RANGE);
    return greeks(found, leg.greeks(), leg.contract().right());
  }

  /** Looks at a contract as a provider tells it. */
  public static Assessment contract(SnapshotLeg leg) {
    return leg(leg)
        .when(
            !(Double.isNaN(leg.volatility()) && Double.isNaN(leg.greeks().delta()))
                && isOldBeside(leg.greeksAtMillis(), leg.atMillis()),
            Finding.OLD_GREEKS);
  }

  /**
   * Returns true if something is much older than what stands beside it, or nobody knows how old it is: greeks beside a
   * quote, an underlying's price beside an option's.
   *
   * @param atMillis its market time, 0 if not known
   * @param besideMillis market time of what stands beside it, 0 if not known
   */
  public static boolean isOldBeside(long atMillis, long besideMillis) {
    return besideMillis - atMillis > OLD_BESIDE_MILLIS;
  }

  private static Assessment greeks(Assessment found, Greeks greeks, OptionRight right) {
    double delta = greeks.delta() * right.sign();
    return found
        .when(Double.isNaN(delta), Finding.NO_GREEKS)
        .when(delta < 0 || delta > 1, Finding.DELTA_RANGE)
        .when(delta == 0, Finding.DELTA_ZERO)
        .when(greeks.gamma() < -ROUNDED || greeks.vega() < -ROUNDED, Finding.GREEKS_RANGE);
  }

  /** Looks at a chain as a whole. */
  public static Assessment chain(double spot, List<OptionChain.Expiration> expirations) {
    int legs = 0;
    int wrong = 0;
    int quoted = 0;
    boolean isHalf = false;
    boolean hasHole = false;
    for (OptionChain.Expiration expiration : expirations) {
      hasHole |= hasHole(expiration.strikes());
      for (OptionChain.Strike strike : expiration.strikes()) {
        isHalf |= strike.legs().size() < 2;
        for (OptionLeg leg : strike.legs()) {
          legs++;
          wrong += contract(leg).hasErrors() ? 1 : 0;
          quoted += leg.bid() > 0 && leg.ask() > 0 ? 1 : 0;
        }
      }
    }
    return legs(legs, wrong, quoted)
        .when(!(spot > 0), Finding.NO_SPOT)
        .when(isHalf, Finding.MISSING_LEGS)
        .when(hasHole, Finding.STRIKE_GAPS);
  }

  /** Looks at a chain as a provider tells it, not at its strikes. */
  public static Assessment chain(ChainSnapshot chain) {
    int legs = chain.legs().size();
    int wrong = 0;
    int quoted = 0;
    for (SnapshotLeg leg : chain.legs()) {
      wrong += contract(leg).hasErrors() ? 1 : 0;
      quoted += leg.bid() > 0 && leg.ask() > 0 ? 1 : 0;
    }
    return legs(legs, wrong, quoted).when(!(chain.spot() > 0), Finding.NO_SPOT);
  }

  private static Assessment legs(int legs, int wrong, int quoted) {
    return new Assessment()
        .when(legs == 0, Finding.EMPTY)
        .when(legs > 0 && legs - wrong < USABLE * legs, Finding.MOSTLY_UNUSABLE)
        .when(wrong > 0, Finding.LEG_ERRORS)
        .when(legs > 0 && quoted < COVERAGE * legs, Finding.COVERAGE);
  }

  /** Strikes lie wider apart away from the money, so a hole is wider than the gaps on both its sides. */
  private static boolean hasHole(List<OptionChain.Strike> strikes) {
    for (int i = 2; i < strikes.size() - 1; i++) {
      double beside = Math.max(gap(strikes, i - 1), gap(strikes, i + 1));
      if (gap(strikes, i) > HOLE * beside) {
        return true;
      }
    }
    return false;
  }

  private static double gap(List<OptionChain.Strike> strikes, int upper) {
    return strikes.get(upper).price() - strikes.get(upper - 1).price();
  }

  /**
   * Looks at an index. Each timeframe that is missing is a warning, and it is an error if all are.
   *
   * @param value its newest value
   * @param low the session's lowest, NaN if not known
   * @param high the session's highest, NaN if not known
   * @param bars by timeframe, oldest first
   * @param wanted the timeframes that were asked for
   */
  public static Assessment index(
      double value,
      double low,
      double high,
      Map<Timeframe, List<Bar>> bars,
      Collection<Timeframe> wanted) {
    int missing = (int) wanted.stream()
        .filter(each -> bars.getOrDefault(each, List.of()).isEmpty())
        .count();
    return new Assessment()
        .when(Double.isNaN(value), Finding.NO_PRICE)
        .when(value <= 0 || Double.isInfinite(value), Finding.BAD_VALUE)
        .when(value < low || value > high, Finding.OUTSIDE_RANGE)
        .when(low > high || bars.values().stream().anyMatch(QualityRules::isWrong), Finding.BAD_BAR)
        .when(missing > 0 && missing == wanted.size(), Finding.NO_TIMEFRAMES)
        .times(missing, Finding.MISSING_TIMEFRAME);
  }

  private static boolean isWrong(List<Bar> bars) {
    for (int i = 1; i < bars.size(); i++) {
      if (bars.get(i).startMillis() <= bars.get(i - 1).startMillis()) {
        return true;
      }
    }
    return false;
  }
}
