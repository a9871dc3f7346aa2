package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.model.Violation;
import java.io.IOException;

/**
 * The numeric fields of one event or row while it is read. A field's meaning depends on the event's kind, which may stand
 * behind it, so all are kept and judged when they are used: the first field that is missing or of a wrong type is the
 * event's problem. Confined to one event loop and reused from event to event.
 */
final class EventFields {
  /** The fields that some event uses, by the places they have; plain numbers, because millions are asked for a second. */
  static final class Field {
    static final int V = 0;
    static final int AV = 1;
    static final int VW = 2;
    static final int O = 3;
    static final int C = 4;
    static final int H = 5;
    static final int L = 6;
    static final int S = 7;
    static final int E = 8;
    static final int BP = 9;
    static final int BS = 10;
    static final int AP = 11;
    static final int AS = 12;
    static final int T = 13;
    static final int P = 14;
    static final int X = 15;
    static final int Q = 16;
    static final int VAL = 17;
    static final int DV = 18;
    static final int DAV = 19;
    static final int DS = 20;

    private static final String[] NAMES = {
      "v", "av", "vw", "o", "c", "h", "l", "s", "e", "bp", "bs", "ap", "as", "t", "p", "x", "q",
      "val", "dv", "dav", "ds"
    };

    private Field() {}

    /** Returns a field's name on the wire. */
    static String name(int field) {
      return NAMES[field];
    }
  }

  /** The first of the fields that may be written as decimals in strings; the others stand before it. */
  static final int FIRST_DECIMAL = Field.DV;

  /** How many fields there are. */
  static final int COUNT = Field.NAMES.length;

  /** The last millisecond that nanoseconds can tell, in the year 2262. */
  private static final long LATEST = Long.MAX_VALUE / 1_000_000;

  private static final long LATEST_MILLIS = 100_000_000_000_000L;
  private static final long LATEST_MICROS = 1_000 * LATEST_MILLIS;

  private final double[] values = new double[COUNT];
  private final Decimals decimals = new Decimals(values);
  private final long[] wholes = new long[COUNT];
  private int numbers;
  private int exact;
  private int wrong;
  private Violation problem;

  /** Forgets the last event. */
  void clear() {
    numbers = 0;
    exact = 0;
    wrong = 0;
    problem = null;
  }

  /** Takes the value at which the parser stands; of a nested one only that it is no number. */
  void read(int field, JsonToken token, JsonParser parser) throws IOException {
    if (token.isNumeric()) {
      number(field, parser.getDoubleValue());
    } else if (token == JsonToken.VALUE_NULL) {
      absent(field);
    } else {
      wrong(field);
    }
  }

  /** Reads a JSON number as they mostly come; returns the position behind it or {@link JsonText#BAD}. */
  int readShort(int field, byte[] bytes, int from) {
    int end = decimals.readShort(bytes, from, field);
    if (end > 0) {
      numbers |= bit(field);
    }
    return end;
  }

  /** Reads any JSON number; returns the position behind it or {@link JsonText#BAD}. */
  int read(int field, byte[] bytes, int from) {
    int end = decimals.read(bytes, from, field);
    if (end > 0) {
      numbers |= bit(field);
      wholes[field] = Decimals.whole(bytes, from, end);
      exact = wholes[field] == Decimals.NOT_WHOLE ? exact & ~bit(field) : exact | bit(field);
    }
    return end;
  }

  /** Takes a number. */
  void number(int field, double value) {
    values[field] = value;
    numbers |= bit(field);
    exact &= ~bit(field);
  }

  /** Takes that there is no value. */
  void absent(int field) {
    numbers &= ~bit(field);
    wrong &= ~bit(field);
  }

  /** Takes that there is a value of a wrong type. */
  void wrong(int field) {
    numbers &= ~bit(field);
    wrong |= bit(field);
  }

  /** Returns true if a field is a number. */
  boolean isNumber(int field) {
    return (numbers & bit(field)) != 0;
  }

  /** Returns true if a field has a value of whatever type. */
  boolean has(int field) {
    return ((numbers | wrong) & bit(field)) != 0;
  }

  /** Returns a field the event must have, or NaN with a problem noted. */
  double required(int field) {
    if (isNumber(field)) {
      return values[field];
    }
    note((wrong & bit(field)) != 0 ? Violation.WRONG_TYPE : Violation.MISSING_FIELD);
    return Double.NaN;
  }

  /** Returns a field, or NaN if it is absent or of a wrong type; the latter is noted. */
  double optional(int field) {
    if (isNumber(field)) {
      return values[field];
    }
    if ((wrong & bit(field)) != 0) {
      note(Violation.WRONG_TYPE);
    }
    return Double.NaN;
  }

  /** Returns the decimal form of a field if there is one, else the plain one, which is then required. */
  double decimalOr(int decimal, int plain) {
    double value = optional(decimal);
    return Double.isNaN(value) ? required(plain) : value;
  }

  /** Returns a whole number from 0 to a limit, 0 if it is absent, or 0 with a problem noted. */
  long wholeUpTo(long limit, int field) {
    if (Double.isNaN(optional(field))) {
      return 0;
    }
    long whole = whole(field);
    if (whole < 0 || whole > limit) {
      note(Violation.WRONG_TYPE);
      return 0;
    }
    return whole;
  }

  /** Returns a time in epoch millis before 2262, which may be written as a float, or 0 with a problem noted. */
  long millis(int field) {
    long time = time(field);
    if (time > LATEST) {
      note(Violation.BAD_TIME);
      return 0;
    }
    return time;
  }

  /**
   * Returns a time in epoch millis that is written in millis, micros or nanos, told by its magnitude, or 0 with a problem
   * noted.
   */
  long millisByMagnitude(int field) {
    long time = time(field);
    if (time < LATEST_MILLIS) {
      return time;
    }
    return time < LATEST_MICROS ? time / 1_000 : time / 1_000_000;
  }

  /** Notes a problem unless there is one already. */
  void note(Violation violation) {
    if (problem == null) {
      problem = violation;
    }
  }

  /** Returns true if something was noted. */
  boolean isBad() {
    return problem != null;
  }

  /** Returns what was noted first; only if {@link #isBad()}. */
  Violation problem() {
    return problem;
  }

  private long time(int field) {
    if (Double.isNaN(required(field))) {
      return 0;
    }
    long time = whole(field);
    if (time <= 0) {
      note(Violation.BAD_TIME);
      return 0;
    }
    return time;
  }

  /** Returns a number as a whole one, more exact than a double if it was written so, or {@link Decimals#NOT_WHOLE}. */
  private long whole(int field) {
    double value = values[field];
    if ((exact & bit(field)) != 0 && wholes[field] == value) {
      return wholes[field];
    }
    return value == Math.rint(value) && Math.abs(value) < 0x1p63
        ? (long) value
        : Decimals.NOT_WHOLE;
  }

  private static int bit(int field) {
    return 1 << field;
  }
}
