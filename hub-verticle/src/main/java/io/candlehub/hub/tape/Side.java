package io.candlehub.hub.tape;

/** Who was the aggressor of a trade (contract §4, {@code side}). */
public enum Side {
  /** The buyer. */
  BUY("buy"),
  /** The seller. */
  SELL("sell"),
  /** Nobody, or unknown. */
  NONE("none");

  private final String wireName;

  Side(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the word used in payloads. */
  public String wireName() {
    return wireName;
  }
}
