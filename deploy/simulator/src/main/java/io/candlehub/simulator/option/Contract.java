package io.candlehub.simulator.option;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An option contract, named {@code O:} + root + YYMMDD + C or P + strike in thousandths, eight digits.
 *
 * @param ticker its name
 * @param root letters before the date, for example {@code SPXW}
 * @param underlying symbol it is written on, for example {@code SPY} or {@code I:SPX}
 * @param expiration date in its name
 * @param strikeThousandths strike in thousandths of a dollar
 * @param call true for a call
 */
public record Contract(
    String ticker,
    String root,
    String underlying,
    LocalDate expiration,
    long strikeThousandths,
    boolean call) {
  /** Prefix of the names. */
  public static final String PREFIX = "O:";

  private static final int TERMS = 15;
  private static final Set<String> MORNING_ROOTS = Set.of("SPX", "NDX", "RUT", "VIX", "VIXW");
  private static final Map<String, String> INDICES = Map.of(
      "SPX", "I:SPX", "SPXW", "I:SPX", "NDX", "I:NDX", "NDXP", "I:NDX", "VIX", "I:VIX", "VIXW",
      "I:VIX", "RUT", "I:RUT", "RUTW", "I:RUT", "XSP", "I:XSP");
  private static final Map<String, String> CLASS_SHARES = Map.of("BRKA", "BRK.A", "BRKB", "BRK.B");

  /** Returns the contract of a name with its prefix; empty if it is none. */
  public static Optional<Contract> parse(String ticker) {
    if (!ticker.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String bare = ticker.substring(PREFIX.length());
    int cut = bare.length() - TERMS;
    if (cut < 1
        || cut > 6
        || !digits(bare, cut, cut + 6)
        || !digits(bare, cut + 7, bare.length())) {
      return Optional.empty();
    }
    char type = bare.charAt(cut + 6);
    if (type != 'C' && type != 'P') {
      return Optional.empty();
    }
    try {
      LocalDate expiration = LocalDate.of(
          2000 + number(bare, cut, 2), number(bare, cut + 2, 2), number(bare, cut + 4, 2));
      String root = bare.substring(0, cut);
      return Optional.of(new Contract(
          ticker, root, underlying(root), expiration, number(bare, cut + 7, 8), type == 'C'));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean digits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int length) {
    return Integer.parseInt(text, from, from + length, 10);
  }

  private static String underlying(String root) {
    return INDICES.getOrDefault(root, CLASS_SHARES.getOrDefault(root, root));
  }

  /** Returns the contract of its terms. */
  public static Contract of(
      String root, LocalDate expiration, long strikeThousandths, boolean call) {
    StringBuilder name = new StringBuilder(PREFIX).append(root);
    two(name, expiration.getYear() % 100);
    two(name, expiration.getMonthValue());
    two(name, expiration.getDayOfMonth());
    name.append(call ? 'C' : 'P');
    String strike = Long.toString(strikeThousandths);
    name.append("0".repeat(8 - strike.length())).append(strike);
    return new Contract(
        name.toString(), root, underlying(root), expiration, strikeThousandths, call);
  }

  private static void two(StringBuilder out, int number) {
    out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** Returns the strike in dollars. */
  public double strike() {
    return strikeThousandths / 1_000.0;
  }

  /** Returns true if it may be exercised before it expires. */
  public boolean american() {
    return !underlying.startsWith("I:");
  }

  /** Returns true if it is settled at the open of its last day and trades until the day before. */
  public boolean settledAtOpen() {
    return MORNING_ROOTS.contains(root);
  }

  /** Returns the day on which it expires; its name may carry the Saturday after. */
  public TradingDay lastDay() {
    return TradingCalendar.nyse().atOrBefore(expiration);
  }

  /** Returns the instant at which its value is fixed: close of its last day, or open of it; epoch millis. */
  public long expiryMillis() {
    TradingDay day = lastDay();
    return settledAtOpen() ? day.openMillis() : day.closeMillis();
  }
}
