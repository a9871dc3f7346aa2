package io.candlehub.model;

import java.util.Optional;

/** Why a value of a quote, option leg or card is missing. A missing value is never shown as 0. */
public enum MissingReason {
  /** The provider has no such data. */
  UNSUPPORTED("unsupported"),
  /** The provider's plan does not include it. */
  NOT_ENTITLED("not-entitled"),
  /** The provider was asked and failed. */
  ERROR("error"),
  /** The provider did not send it, and it cannot be computed. */
  NOT_PROVIDED("not-provided"),
  /** It is asked for: the answer has not come yet, or failed or is doubted and is asked for again. */
  PENDING("pending"),
  /** Nobody bids or nobody offers. */
  ONE_SIDED("one-sided"),
  /** Nobody bids and nobody offers. */
  NO_QUOTE("no-quote"),
  /** The bid is above the ask. */
  CROSSED("crossed"),
  /** It was told once, and nothing tells it any more. */
  NOT_STREAMED("not-streamed"),
  /** Nothing was traded. */
  NO_TRADE("no-trade"),
  /** The underlying's price is not known. */
  NO_SPOT("no-spot"),
  /** The underlying's price is so much older than the option's that no volatility can be told from both. */
  OLD_SPOT("old-spot"),
  /** The contract has expired. */
  EXPIRED("expired"),
  /** The price is below what exercising gives, so no volatility explains it. */
  BELOW_INTRINSIC("below-intrinsic"),
  /** The price holds no time value, so every low volatility explains it. */
  NO_TIME_VALUE("no-time-value"),
  /** The price is above every value a volatility gives. */
  ABOVE_BOUND("above-bound"),
  /** It would take a volatility above 300 %. */
  VOLATILITY_ABOVE_RANGE("volatility-above-range");

  private final String wireName;

  MissingReason(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the reason of a name in JSON, or empty. */
  public static Optional<MissingReason> parse(String name) {
    for (MissingReason reason : values()) {
      if (reason.wireName.equals(name)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  /** Returns the name in JSON. */
  public String wireName() {
    return wireName;
  }
}
