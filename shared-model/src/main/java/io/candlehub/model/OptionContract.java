package io.candlehub.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * An option contract as its symbol tells it: {@code O:}, root, date as yymmdd, {@code C} or {@code P}, strike times 1000
 * in eight digits (the OCC's format).
 *
 * @param instrument the contract
 * @param root what stands before the date; for most the underlying's symbol
 * @param expiration the date in the symbol; monthly contracts before February 2015 name a Saturday
 * @param right call or put
 * @param strike exercise price
 */
public record OptionContract(
    Instrument instrument, String root, LocalDate expiration, OptionRight right, double strike) {
  private static final int TERMS_LENGTH = 15;
  private static final int STRIKE_DIGITS = 8;
  private static final int CENTURY = 2_000;

  /** Checks presence. */
  public OptionContract {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(expiration, "expiration");
    Objects.requireNonNull(right, "right");
    if (!(strike > 0)) {
      throw new IllegalArgumentException("strike " + strike + " must be positive");
    }
  }

  /** Returns the contract an instrument is, or empty if its symbol is no contract's. */
  public static Optional<OptionContract> of(Instrument instrument) {
    String symbol = instrument.symbol();
    int start = symbol.length() - TERMS_LENGTH;
    if (instrument.assetClass() != AssetClass.OPTION
        || start <= AssetClass.OPTION.prefix().length()) {
      return Optional.empty();
    }
    char letter = symbol.charAt(start + 6);
    if ((letter != OptionRight.CALL.letter() && letter != OptionRight.PUT.letter())
        || !isDigits(symbol, start, start + 6)
        || !isDigits(symbol, symbol.length() - STRIKE_DIGITS, symbol.length())) {
      return Optional.empty();
    }
    int date = Integer.parseInt(symbol.substring(start, start + 6));
    int thousandths = Integer.parseInt(symbol.substring(symbol.length() - STRIKE_DIGITS));
    try {
      return thousandths == 0
          ? Optional.empty()
          : Optional.of(new OptionContract(
              instrument,
              symbol.substring(AssetClass.OPTION.prefix().length(), start),
              LocalDate.of(CENTURY + date / 10_000, date / 100 % 100, date % 100),
              letter == OptionRight.CALL.letter() ? OptionRight.CALL : OptionRight.PUT,
              thousandths / 1_000.0));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
