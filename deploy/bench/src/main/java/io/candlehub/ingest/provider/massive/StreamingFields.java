package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** The numeric fields of an event read by {@link StreamingParser}, kept as the former parser kept them. */
final class StreamingFields {
  private static final int EXACT_DIGITS = 15;
  private static final int COUNT = 20;
  private static final byte ABSENT = 0;
  private static final byte NUMBER = 1;
  private static final byte WRONG = 2;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  static final int V = 0;
  static final int DV = 1;
  static final int AV = 2;
  static final int DAV = 3;
  static final int VW = 4;
  static final int O = 5;
  static final int C = 6;
  static final int H = 7;
  static final int L = 8;
  static final int S = 9;
  static final int E = 10;
  static final int BP = 11;
  static final int BS = 12;
  static final int AP = 13;
  static final int AS = 14;
  static final int T = 15;
  static final int P = 16;
  static final int DS = 17;
  static final int X = 18;
  static final int Q = 19;

  private final byte[] kinds = new byte[COUNT];
  private final double[] values = new double[COUNT];
  private boolean bad;

  void clear() {
    Arrays.fill(kinds, ABSENT);
    bad = false;
  }

  void read(int field, JsonToken token, JsonParser parser) throws IOException {
    if (token.isNumeric()) {
      kinds[field] = NUMBER;
      values[field] = parser.getDoubleValue();
    } else if (token == JsonToken.VALUE_STRING && (field == DV || field == DAV || field == DS)) {
      double value =
          decimal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      kinds[field] = Double.isNaN(value) ? WRONG : NUMBER;
      values[field] = value;
    } else {
      kinds[field] = token == JsonToken.VALUE_NULL ? ABSENT : WRONG;
    }
  }

  double required(int field) {
    bad |= kinds[field] == ABSENT;
    return optional(field);
  }

  double optional(int field) {
    bad |= kinds[field] == WRONG;
    return kinds[field] == NUMBER ? values[field] : Double.NaN;
  }

  double decimalOr(int decimal, int plain) {
    double value = optional(decimal);
    return Double.isNaN(value) ? required(plain) : value;
  }

  long whole(int field) {
    double value = optional(field);
    if (Double.isNaN(value)) {
      return 0;
    }
    bad |= value != Math.rint(value) || value < 0 || value > 1L << 53;
    return (long) value;
  }

  long millis(int field) {
    double value = required(field);
    bad |= value != Math.rint(value) || value <= 0 || value > 1L << 53;
    return (long) value;
  }

  void refuse() {
    bad = true;
  }

  boolean isBad() {
    return bad;
  }

  private static double decimal(char[] text, int offset, int length) {
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
    if (digits == 0) {
      return Double.NaN;
    }
    if (digits > EXACT_DIGITS) {
      return Double.parseDouble(new String(text, offset, length));
    }
    double value = mantissa / POWERS[Math.max(0, fraction)];
    return negative ? -value : value;
  }
}
