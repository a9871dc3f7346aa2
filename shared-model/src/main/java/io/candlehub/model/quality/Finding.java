package io.candlehub.model.quality;

/** What can be wrong with a quote, contract, chain or index. An error takes all confidence away, a warning some. */
public enum Finding {
  /** Neither bid, ask nor last price. */
  NO_PRICE("no-price", true),
  /** A price or size below zero, or not a number where one was sent. */
  BAD_VALUE("bad-value", true),
  /** The bid is above the ask. */
  CROSSED("crossed", true),
  /** Delta is outside -1 to 1, or has the wrong sign. */
  DELTA_RANGE("delta-range", true),
  /** Gamma or vega is below zero. */
  GREEKS_RANGE("greeks-range", true),
  /** Implied volatility is below 0 or above 300 %. */
  VOLATILITY_RANGE("iv-range", true),
  /** The session's low is above its high, or bars are not ascending. */
  BAD_BAR("bad-bar", true),
  /** Nothing is in it. */
  EMPTY("empty", true),
  /** Less than half of the contracts are usable. */
  MOSTLY_UNUSABLE("mostly-unusable", true),
  /** None of the timeframes that were asked for is there. */
  NO_TIMEFRAMES("no-timeframes", true),
  /** Bid equals ask. */
  LOCKED("locked", false),
  /** Bid or ask is missing. */
  ONE_SIDED("one-sided", false),
  /** The spread is above 10 % of the middle. */
  WIDE_SPREAD("wide-spread", false),
  /** Nothing traded today. */
  NO_VOLUME("no-volume", false),
  /** Fewer than 10 contracts are open, or it is not known. */
  LOW_OPEN_INTEREST("low-open-interest", false),
  /** Delta is 0, which rounding makes of far options. */
  DELTA_ZERO("delta-zero", false),
  /** Greeks are missing. */
  NO_GREEKS("no-greeks", false),
  /** Implied volatility is missing. */
  NO_VOLATILITY("no-iv", false),
  /** Greeks and volatility are the provider's and much older than the quote, or computed from a price that is old. */
  OLD_GREEKS("old-greeks", false),
  /** The underlying's price is missing. */
  NO_SPOT("no-spot", false),
  /** The underlying's price is much older than the options'. */
  OLD_SPOT("old-spot", false),
  /** Some contracts have errors. */
  LEG_ERRORS("leg-errors", false),
  /** Less than 80 % of the contracts are bid and offered. */
  COVERAGE("coverage", false),
  /** A strike is missing between others. */
  STRIKE_GAPS("strike-gaps", false),
  /** A strike has a call or a put only. */
  MISSING_LEGS("missing-legs", false),
  /** A timeframe that was asked for is missing; found once for each. */
  MISSING_TIMEFRAME("missing-timeframe", false),
  /** The value is outside the session's range. */
  OUTSIDE_RANGE("outside-range", false),
  /** Bid and offer were told once, and nothing tells them any more. */
  NOT_STREAMED("not-streamed", false),
  /** Nobody knows how old it is. */
  NO_TIME("no-time", false);

  private final String code;
  private final boolean error;

  Finding(String code, boolean error) {
    this.code = code;
    this.error = error;
  }

  /** Returns the code in JSON. */
  public String code() {
    return code;
  }

  /** Returns true if it takes all confidence away. */
  public boolean isError() {
    return error;
  }
}
