package io.candlehub.simulator.market;

import java.math.BigDecimal;

/** Writes JSON numbers and texts as the provider does: decimals without exponent, whole numbers without fraction. */
public final class JsonText {
  private static final long EXACT = 1_000_000_000_000_000L;

  private JsonText() {}

  /** Appends a number. */
  public static void number(StringBuilder out, double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(whole) < EXACT) {
      out.append(whole);
      return;
    }
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e7) {
      out.append(value);
    } else {
      out.append(BigDecimal.valueOf(value).toPlainString());
    }
  }

  /** Appends a number as a text with a fraction, for example {@code "100.0"}. */
  public static void decimal(StringBuilder out, double value) {
    out.append('"');
    number(out, value);
    if (value == Math.rint(value)) {
      out.append(".0");
    }
    out.append('"');
  }

  /** Appends a text that needs no escaping, in quotes. */
  public static void plain(StringBuilder out, String text) {
    out.append('"').append(text).append('"');
  }

  /** Rounds to four decimals. */
  public static double round4(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  /** Rounds to six decimals, the finest price the tape carries. */
  public static double round6(double value) {
    return Math.round(value * 1_000_000) / 1_000_000.0;
  }
}
