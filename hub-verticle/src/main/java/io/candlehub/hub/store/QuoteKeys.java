package io.candlehub.hub.store;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import java.util.Locale;

/** Symbols of option contracts as ranges of keys: prefix, root, six digits, a letter and eight digits (contract §6). */
final class QuoteKeys {
  private static final int DATE_TO_STRIKE = 15;

  private QuoteKeys() {}

  /** Returns the text with which the contracts of an underlying begin. */
  static String chainPrefix(Instrument underlying) {
    String root = underlying.symbol().substring(underlying.assetClass().prefix().length());
    return AssetClass.OPTION.prefix() + root.toUpperCase(Locale.ROOT);
  }

  /** Returns true if a symbol with the prefix is a contract of just this root. */
  static boolean isOfChain(String symbol, String prefix) {
    return symbol.startsWith(prefix)
        && symbol.length() == prefix.length() + DATE_TO_STRIKE
        && Character.isDigit(symbol.charAt(prefix.length()));
  }
}
