package io.candlehub.ingest.provider.massive;

/**
 * Reads the decimal strings that the provider sends beside some numbers, for example {@code "41250.25"}. Values of up to
 * 15 digits are read exactly and without garbage.
 */
final class Decimals {
  private static final int EXACT_DIGITS = 15;
  private static final int MAX_LENGTH = 40;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Decimals() {}

  /** Returns the value, or NaN unless the text is digits with an optional sign and fraction. */
  static double parse(char[] text, int offset, int length) {
    boolean negative = length > 0 && text[offset] == '-';
    int digits = 0;
    int fraction = -1;
    long mantissa = 0;
    for (int i = offset + (negative ? 1 : 0); i < offset + length; i++) {
      char c = text[i];
      if (c == '.' && fraction < 0) {
        fraction = 0;
      } else if (c >= '0' && c <= '9') {
        mantissa = digits < EXACT_DIGITS ? mantissa * 10 + (c - '0') : mantissa;
        digits++;
        fraction += fraction >= 0 ? 1 : 0;
      } else {
        return Double.NaN;
      }
    }
    if (digits == 0 || length > MAX_LENGTH) {
      return Double.NaN;
    }
    if (digits > EXACT_DIGITS) {
      return Double.parseDouble(new String(text, offset, length));
    }
    double value = mantissa / POWERS[Math.max(0, fraction)];
    return negative ? -value : value;
  }
}
