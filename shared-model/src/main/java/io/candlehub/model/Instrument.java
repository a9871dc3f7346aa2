package io.candlehub.model;

import java.util.Optional;

/**
 * A tradable or quoted thing, named by its canonical symbol (contract §6), which is case-sensitive.
 *
 * @param symbol the canonical symbol, 1 to 32 visible characters without blank, comma, asterisk or quote
 * @param assetClass the kind, told by the symbol's prefix
 */
public record Instrument(String symbol, AssetClass assetClass) {
  private static final int MAX_LENGTH = 32;
  private static final String FORBIDDEN = ",*\"'\\<>";

  /** Checks the symbol. */
  public Instrument {
    if (!isSymbol(symbol)) {
      throw new IllegalArgumentException(
          "symbol '" + symbol + "' must be 1 to 32 visible characters");
    }
    if (assetClass != classOf(symbol)) {
      throw new IllegalArgumentException("symbol '" + symbol + "' is not of class " + assetClass);
    }
  }

  /** Returns the instrument of a symbol, or empty if the text is no symbol. */
  public static Optional<Instrument> parse(String symbol) {
    return isSymbol(symbol)
        ? Optional.of(new Instrument(symbol, classOf(symbol)))
        : Optional.empty();
  }

  /**
   * Returns the instrument of a symbol.
   *
   * @throws IllegalArgumentException if the text is no symbol
   */
  public static Instrument of(String symbol) {
    return new Instrument(symbol, classOf(symbol));
  }

  private static AssetClass classOf(String symbol) {
    for (AssetClass candidate : AssetClass.values()) {
      if (candidate != AssetClass.EQUITY && symbol.startsWith(candidate.prefix())) {
        return candidate;
      }
    }
    return AssetClass.EQUITY;
  }

  private static boolean isSymbol(String symbol) {
    if (symbol == null || symbol.isEmpty() || symbol.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < symbol.length(); i++) {
      char c = symbol.charAt(i);
      if (c <= ' '
          || c == 127
          || Character.isWhitespace(c)
          || Character.isISOControl(c)
          || FORBIDDEN.indexOf(c) >= 0) {
        return false;
      }
    }
    int bare = classOf(symbol).prefix().length();
    return symbol.length() > bare && symbol.indexOf(':', bare) < 0;
  }

  @Override
  public String toString() {
    return symbol;
  }
}
