package io.candlehub.simulator.synthetic;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The strikes listed on a date: around the closes of the two weeks before it, the closer to expiry the denser. Pure.
 *
 * @param low lowest close, in thousandths
 * @param high highest close
 */
record StrikeRange(double low, double high) {
  private static final int WEEK = 7;
  private static final int TWO_MONTHS = 60;

  /** Returns the listed strikes of an expiration in thousandths, ascending. */
  List<Long> strikes(Optionable of, LocalDate expiration, boolean monthly, LocalDate asOf) {
    List<Long> found = new ArrayList<>();
    long finest = of.isIndex() ? of.nearStep() / 2 : of.nearStep();
    double widest = 0.34 * widening(of);
    long from = (long) Math.ceil(low * (1 - widest) / finest) * finest;
    for (long strike = from; strike <= high * (1 + widest); strike += finest) {
      if (strike > 0 && lists(of, strike, expiration, monthly, asOf)) {
        found.add(strike);
      }
    }
    return found;
  }

  private static double widening(Optionable of) {
    return of.daily() ? 1 : 1.5;
  }

  /** Returns true if a strike of a listed expiration is listed. */
  boolean lists(Optionable of, long strike, LocalDate expiration, boolean monthly, LocalDate asOf) {
    long days = ChronoUnit.DAYS.between(asOf, expiration);
    double wide = widening(of);
    boolean far = monthly && strike % of.farStep() == 0 && holds(strike, 0.30 * wide);
    boolean near = days <= TWO_MONTHS && strike % of.nearStep() == 0 && holds(strike, 0.14 * wide);
    boolean close =
        of.isIndex() && days <= WEEK && strike % (of.nearStep() / 2) == 0 && holds(strike, 0.06);
    return far || near || close;
  }

  private boolean holds(long strike, double width) {
    return strike >= low * (1 - width) && strike <= high * (1 + width);
  }
}
