package io.candlehub.model;

/** Why an input from a provider was rejected. Rejections are counted by kind and never reach a chart. */
public enum Violation {
  /** A value is NaN or infinite. */
  NOT_FINITE,
  /** A price is zero or negative. */
  NOT_POSITIVE,
  /** A volume is negative. */
  NEGATIVE_VOLUME,
  /** High is below open or close. */
  HIGH_BELOW_PRICE,
  /** Low is above open or close. */
  LOW_ABOVE_PRICE,
  /** A required field is missing. */
  MISSING_FIELD,
  /** A field has a type the documented schema does not allow. */
  WRONG_TYPE,
  /** The text is not valid JSON or not of the documented shape. */
  MALFORMED,
  /** The symbol is none of ours. */
  BAD_SYMBOL,
  /** The time is not aligned to the bar's length, or its end is not after its start. */
  BAD_TIME,
  /** A row is older than the one before it. */
  NOT_ASCENDING,
  /** A row repeats the time of the one before it. */
  DUPLICATE
}
