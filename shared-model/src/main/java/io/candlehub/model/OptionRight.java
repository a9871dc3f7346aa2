package io.candlehub.model;

/** What an option gives its holder the right to do with the underlying. */
public enum OptionRight {
  /** Buy it at the strike. */
  CALL('C', "call"),
  /** Sell it at the strike. */
  PUT('P', "put");

  private final char letter;
  private final String wireName;

  OptionRight(char letter, String wireName) {
    this.letter = letter;
    this.wireName = wireName;
  }

  /** Returns the letter in contract symbols. */
  public char letter() {
    return letter;
  }

  /** Returns the name in JSON. */
  public String wireName() {
    return wireName;
  }

  /** Returns 1 for a call, -1 for a put. */
  public int sign() {
    return this == CALL ? 1 : -1;
  }

  /** Returns what exercising is worth at a price of the underlying, 0 or more. */
  public double intrinsic(double spot, double strike) {
    return Math.max(0, sign() * (spot - strike));
  }
}
