package io.candlehub.simulator.synthetic;

import io.candlehub.simulator.option.Contract;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How much a contract trades on a day.
 *
 * @param contracts contracts expected to trade
 * @param openInterest contracts open
 * @param quoted false if nobody makes a market in it
 * @param told false if the provider tells neither volatility nor greeks
 */
record Liquidity(double contracts, long openInterest, boolean quoted, boolean told) {
  private static final double THIN = 3;

  /** Draws a contract's liquidity on a date, around a reference price of its underlying. */
  static Liquidity draw(
      long key,
      Optionable of,
      Contract contract,
      LocalDate date,
      double reference,
      boolean monthly) {
    long days = Math.max(0, ChronoUnit.DAYS.between(date, contract.expiration()));
    double width = of.volatility() * Math.sqrt((days + 3) / 365.0);
    double z = Math.log(contract.strike() / reference) / width;
    boolean outside = contract.call() ? z > 0 : z < 0;
    boolean round = contract.strikeThousandths() % (of.nearStep() * 5) == 0;
    double fixed = of.busiest()
        * Math.exp(-z * z / 2)
        / (1 + days / 6.0)
        * (outside ? 1 : 0.35)
        * (monthly ? 2 : 1)
        * (round ? 1.6 : 0.8);
    double u = Noise.unit(key, date.toEpochDay());
    double contracts = fixed * (0.4 + 1.3 * u * u) + 0.2;
    double age = 2
        + 6 * Noise.unit(key, 31)
        + 0.3 * Noise.curve(Noise.key(key, 32), date.toEpochDay() / 5.0);
    boolean thin = fixed < THIN;
    return new Liquidity(
        contracts,
        Math.round((fixed * age + 20 * Noise.unit(key, 33)) * (monthly ? 2 : 1)),
        !thin || Noise.unit(key, 34) > 0.06,
        !thin || Noise.unit(key, 35) > 0.3);
  }

  /** Returns millis between two quotes. */
  long quoteMillis() {
    if (contracts > 1_500) {
      return 1_000;
    }
    if (contracts > 150) {
      return 2_000;
    }
    return contracts > 15 ? 5_000 : contracts > 2 ? 15_000 : 60_000;
  }
}
