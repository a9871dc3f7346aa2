package io.candlehub.model;

/** Kind of instrument, told by the symbol's prefix (contract §6). */
public enum AssetClass {
  /** A stock or fund, no prefix. */
  EQUITY("", "stocks"),
  /** A listed option, OCC symbol behind {@code O:}. */
  OPTION("O:", "options"),
  /** An index value, {@code I:}. */
  INDEX("I:", "indices"),
  /** A future, {@code F:}. */
  FUTURE("F:", "futures");

  private final String prefix;
  private final String market;

  AssetClass(String prefix, String market) {
    this.prefix = prefix;
    this.market = market;
  }

  /** Returns the prefix of this class's symbols, empty for equities. */
  public String prefix() {
    return prefix;
  }

  /** Returns true if it is bought and sold; an index is calculated, so there are neither trades in it nor a book. */
  public boolean isTraded() {
    return this != INDEX;
  }

  /** Returns the name of the market whose connection carries this class, as in {@code FeedStatus.market}. */
  public String market() {
    return market;
  }
}
