package io.candlehub.model;

import java.util.Objects;
import java.util.Optional;

/**
 * The terms of an option contract that valuation needs.
 *
 * <p>Expiry: options settled in the afternoon expire at the exchange's close of their date (16:00 New York, 13:00 on
 * half days), those settled by the opening prices at its opening (09:30), although they stop trading the evening before.
 * A date that is no trading day (a Saturday, a holiday) stands for the trading day before. Sources: the exchanges'
 * product specifications for the index roots settled in the morning and for exercise styles.
 *
 * @param contract which contract
 * @param style when it can be exercised
 * @param settledAtOpen true if the opening prices of its date settle it
 * @param sharesPerContract units of the underlying a contract is for, usually 100
 * @param expiryMillis the instant it expires, epoch millis
 */
public record OptionTerms(
    OptionContract contract,
    ExerciseStyle style,
    boolean settledAtOpen,
    double sharesPerContract,
    long expiryMillis) {
  private static final double USUAL_SHARES = 100;
  private static final long MINUTE_MILLIS = 60_000;
  private static final double MINUTES_PER_YEAR = 365 * 24 * 60;

  /** Checks presence. */
  public OptionTerms {
    Objects.requireNonNull(contract, "contract");
    Objects.requireNonNull(style, "style");
  }

  /** Returns the terms that follow from a contract's root, as {@link IndexRoot} says; those on shares are American. */
  public static OptionTerms of(OptionContract contract) {
    ExerciseStyle style =
        IndexRoot.of(contract.root()).map(IndexRoot::style).orElse(ExerciseStyle.AMERICAN);
    return of(contract, style, USUAL_SHARES);
  }

  /** Returns the terms with what reference data says. */
  public static OptionTerms of(
      OptionContract contract, ExerciseStyle style, double sharesPerContract) {
    boolean atOpen =
        IndexRoot.of(contract.root()).filter(IndexRoot::settledAtOpen).isPresent();
    TradingDay last = TradingCalendar.nyse().atOrBefore(contract.expiration());
    return new OptionTerms(
        contract,
        style,
        atOpen,
        sharesPerContract,
        atOpen ? last.openMillis() : last.closeMillis());
  }

  /** Returns the terms of an instrument, or empty if it is no contract. */
  public static Optional<OptionTerms> of(Instrument instrument) {
    return OptionContract.of(instrument).map(OptionTerms::of);
  }

  /**
   * Returns when trading in it ends for good, epoch millis: with its expiry or, if the opening prices settle it, with the
   * last session of the trading day before.
   */
  public long tradedUntilMillis() {
    if (!settledAtOpen) {
      return expiryMillis;
    }
    TradingCalendar calendar = TradingCalendar.of(contract.instrument());
    return calendar.previous(calendar.dateOf(expiryMillis)).postCloseMillis();
  }

  /**
   * Returns the time to expiry in years of 365 days, in whole minutes, the begun one included; 0 or less once it has
   * expired.
   */
  public double yearsAt(long nowMillis) {
    return Math.ceil((double) (expiryMillis - nowMillis) / MINUTE_MILLIS) / MINUTES_PER_YEAR;
  }
}
