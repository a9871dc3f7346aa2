package io.candlehub.hub.option;

import io.candlehub.model.ComputedInputs;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Greeks;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.model.quality.QualityRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills in implied volatility and greeks where the provider has none. What a provider gives is kept, unless it is old
 * ({@link QualityRules#OLD_BESIDE_MILLIS}) and quote and spot are so much newer that what is computed of them is better.
 *
 * <p>Volatility is taken from the middle of bid and ask, never from the last trade, whose age nobody knows, and not with
 * an underlying's price that is much older. Confined to one thread; keeps the pricers of the running minute.
 */
public final class LegValuer {
  private static final int GREEKS = 5;

  private final PricingModel model;
  private final Map<PricerKey, ExpirationPricer> pricers = new HashMap<>();
  private long minute = Long.MIN_VALUE;

  private record PricerKey(double years, ExerciseStyle style) {}

  /**
   * The values of a leg.
   *
   * @param volatility given or computed, NaN if neither
   * @param greeks given or computed
   * @param reason one entry if something is missing, else none
   * @param computed one entry if something was computed, else none
   * @param old true if what the provider gave is old, and nothing newer could be computed
   * @param inputsOld true if something was computed from a price that is old
   */
  record Values(
      double volatility,
      Greeks greeks,
      List<MissingReason> reason,
      List<ComputedInputs> computed,
      boolean old,
      boolean inputsOld) {
    Values(
        double volatility,
        Greeks greeks,
        List<MissingReason> reason,
        List<ComputedInputs> computed) {
      this(volatility, greeks, reason, computed, false, false);
    }

    private Values withOldGreeks() {
      return new Values(volatility, greeks, reason, computed, true, inputsOld);
    }
  }

  /**
   * The price a volatility is taken from, or why there is none.
   *
   * @param mid middle of bid and ask, NaN if there is none
   * @param atMillis market time of the quote
   * @param reason one entry if there is none, else none
   */
  record Price(double mid, long atMillis, List<MissingReason> reason) {
    static Price of(double bid, double ask, long atMillis) {
      boolean isBid = bid > 0;
      boolean isOffered = ask > 0;
      if (!isBid || !isOffered) {
        return missing(isBid || isOffered ? MissingReason.ONE_SIDED : MissingReason.NO_QUOTE);
      }
      return bid > ask
          ? missing(MissingReason.CROSSED)
          : new Price((bid + ask) / 2, atMillis, List.of());
    }

    private static Price missing(MissingReason reason) {
      return new Price(Double.NaN, 0, List.of(reason));
    }
  }

  /** Creates a valuer. */
  public LegValuer(PricingModel model) {
    this.model = model;
  }

  /** Returns a valuer of the same model for another thread. */
  LegValuer another() {
    return new LegValuer(model);
  }

  /**
   * Returns a leg's values.
   *
   * @param given what the provider gave
   */
  Values values(SnapshotLeg given, Price price, Spot spot, long nowMillis) {
    long newest = Math.max(given.atMillis(), price.atMillis());
    if (!hasGreeks(given) || !QualityRules.isOldBeside(given.greeksAtMillis(), newest)) {
      return completed(given, price, spot, nowMillis);
    }
    long older = Math.min(price.atMillis(), spot.atMillis());
    if (QualityRules.isOldBeside(given.greeksAtMillis(), older)) {
      Values computed = completed(given.withoutGreeks(), price, spot, nowMillis);
      if (computed.reason().isEmpty()) {
        return computed;
      }
    }
    return completed(given, price, spot, nowMillis).withOldGreeks();
  }

  private static boolean hasGreeks(SnapshotLeg given) {
    return !Double.isNaN(given.volatility()) || missing(given.greeks()).size() < GREEKS;
  }

  private Values completed(SnapshotLeg given, Price price, Spot spot, long nowMillis) {
    OptionTerms terms = given.terms();
    boolean hasVolatility = !Double.isNaN(given.volatility());
    List<String> missing = missing(given.greeks());
    if (hasVolatility && missing.isEmpty()) {
      return new Values(given.volatility(), given.greeks(), List.of(), List.of());
    }
    double years = terms.yearsAt(nowMillis);
    if (years <= 0) {
      return missing(given, MissingReason.EXPIRED);
    }
    if (years > PricingModel.MAX_YEARS) {
      return missing(given, MissingReason.UNSUPPORTED);
    }
    if (!spot.isKnown()) {
      return missing(given, MissingReason.NO_SPOT);
    }
    ExpirationPricer pricer = pricer(terms, years, nowMillis);
    OptionContract contract = terms.contract();
    Implied implied =
        hasVolatility ? usable(given.volatility()) : implied(pricer, contract, price, spot);
    if (implied instanceof Implied.Missing none) {
      return missing(given, none.reason());
    }
    double volatility = ((Implied.Found) implied).volatility();
    Greeks all = pricer.greeks(contract.right(), spot.price(), contract.strike(), volatility);
    List<String> fields = new ArrayList<>(hasVolatility ? List.of() : List.of("iv"));
    fields.addAll(missing);
    long oldest = hasVolatility ? spot.atMillis() : Math.min(spot.atMillis(), price.atMillis());
    ComputedInputs inputs = new ComputedInputs(
        fields,
        terms.style(),
        hasVolatility ? Double.NaN : price.mid(),
        spot.price(),
        model.rate(),
        model.dividendYield(),
        years,
        Math.max(0, nowMillis - oldest));
    long newest = Math.max(Math.max(given.atMillis(), price.atMillis()), spot.atMillis());
    return new Values(
        volatility,
        filled(given.greeks(), all),
        List.of(),
        List.of(inputs),
        false,
        QualityRules.isOldBeside(oldest, newest) || isOldNow(oldest, contract, nowMillis));
  }

  private static boolean isOldNow(long atMillis, OptionContract contract, long nowMillis) {
    return QualityRules.isOldBeside(atMillis, nowMillis)
        && QualityRules.isOldBeside(atMillis, lastTraded(contract, nowMillis));
  }

  private static Implied usable(double volatility) {
    return volatility >= VolatilityNodes.LOWEST && volatility <= VolatilityNodes.HIGHEST
        ? new Implied.Found(volatility)
        : new Implied.Missing(MissingReason.NOT_PROVIDED);
  }

  private static Implied implied(
      ExpirationPricer pricer, OptionContract contract, Price price, Spot spot) {
    if (!price.reason().isEmpty()) {
      return new Implied.Missing(price.reason().get(0));
    }
    return QualityRules.isOldBeside(spot.atMillis(), price.atMillis())
        ? new Implied.Missing(MissingReason.OLD_SPOT)
        : pricer.implied(contract.right(), spot.price(), contract.strike(), price.mid());
  }

  /** Returns the last instant until now at which options traded: overnight a price of the evening is not old. */
  private static long lastTraded(OptionContract contract, long nowMillis) {
    TradingCalendar calendar = TradingCalendar.of(contract.instrument());
    if (calendar.phaseAt(nowMillis) != SessionPhase.CLOSED) {
      return nowMillis;
    }
    LocalDate date = calendar.dateOf(nowMillis);
    return calendar
        .day(date)
        .filter(day -> day.postCloseMillis() <= nowMillis)
        .map(TradingDay::postCloseMillis)
        .orElseGet(() -> calendar.previous(date).postCloseMillis());
  }

  private ExpirationPricer pricer(OptionTerms terms, double years, long nowMillis) {
    if (nowMillis / 60_000 != minute) {
      minute = nowMillis / 60_000;
      pricers.clear();
    }
    return pricers.computeIfAbsent(
        new PricerKey(years, terms.style()),
        key -> key.style() == ExerciseStyle.EUROPEAN
            ? model.european(key.years())
            : model.american(key.years()));
  }

  private static Values missing(SnapshotLeg given, MissingReason reason) {
    return new Values(given.volatility(), given.greeks(), List.of(reason), List.of());
  }

  private static List<String> missing(Greeks greeks) {
    List<String> names = new ArrayList<>();
    addIfMissing(names, "delta", greeks.delta());
    addIfMissing(names, "gamma", greeks.gamma());
    addIfMissing(names, "theta", greeks.theta());
    addIfMissing(names, "vega", greeks.vega());
    addIfMissing(names, "rho", greeks.rho());
    return names;
  }

  private static void addIfMissing(List<String> names, String name, double value) {
    if (Double.isNaN(value)) {
      names.add(name);
    }
  }

  private static Greeks filled(Greeks given, Greeks computed) {
    return new Greeks(
        either(given.delta(), computed.delta()),
        either(given.gamma(), computed.gamma()),
        either(given.theta(), computed.theta()),
        either(given.vega(), computed.vega()),
        either(given.rho(), computed.rho()));
  }

  private static double either(double given, double computed) {
    return Double.isNaN(given) ? computed : given;
  }
}
