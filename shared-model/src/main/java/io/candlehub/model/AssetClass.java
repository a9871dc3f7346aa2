package io.candlehub.model;

/** Kind of instrument, told by the symbol's prefix (contract §6). */
public enum AssetClass {
  /** A stock or fund, no prefix. */
  EQUITY(""),
  /** A listed option, OCC symbol behind {@code O:}. */
  OPTION("O:"),
  /** An index value, {@code I:}. */
  INDEX("I:"),
  /** A future, {@code F:}. */
  FUTURE("F:");

  private final String prefix;

  AssetClass(String prefix) {
    this.prefix = prefix;
  }

  /** Returns the prefix of this class's symbols, empty for equities. */
  public String prefix() {
    return prefix;
  }
}
