package io.candlehub.simulator.tradier;

import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.option.Contract;
import java.util.Optional;

/**
 * This provider's symbols: contracts and indices have no prefix, and a slash stands between a share and its class
 * ({@code BRK/B}). Safe anywhere.
 */
final class Symbols {
  private final Market market;

  Symbols(Market market) {
    this.market = market;
  }

  /** Returns the market's ticker of a symbol; empty if nothing of the name is listed. */
  Optional<String> ticker(String symbol) {
    if (symbol.indexOf(':') >= 0 || symbol.indexOf('.') >= 0) {
      return Optional.empty();
    }
    String share = symbol.replace('/', '.');
    for (String ticker : new String[] {share, "I:" + symbol, Contract.PREFIX + symbol}) {
      if (market.listing(ticker).isPresent()) {
        return Optional.of(ticker);
      }
    }
    return Optional.empty();
  }

  /** Returns the symbol of a ticker of the market. */
  static String symbol(String ticker) {
    return ticker.substring(ticker.indexOf(':') + 1).replace('.', '/');
  }

  /** Returns the letter of an exchange id. */
  static String exchange(int id) {
    if (id >= 300) {
      return String.valueOf((char) ('A' + (id - 300) % 26));
    }
    return switch (id) {
      case 1 -> "A";
      case 2 -> "B";
      case 3 -> "C";
      case 4 -> "D";
      case 8 -> "K";
      case 10 -> "N";
      case 11 -> "P";
      case 15 -> "V";
      case 19 -> "Z";
      default -> "Q";
    };
  }
}
