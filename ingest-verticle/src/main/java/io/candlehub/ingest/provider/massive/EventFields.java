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
  /** A field that some event uses; named as on the wire. */
  enum Field {
    V(0),
    DV(1),
    AV(2),
    DAV(3),
    VW(4),
    O(5),
    C(6),
    H(7),
    L(8),
    S(9),
    E(10),
    BP(11),
    BS(12),
    AP(13),
    AS(14),
    T(15),
    P(16),
    DS(17),
    X(18),
    Q(19),
    VAL(20);

    private final int slot;

    Field(int slot) {
      this.slot = slot;
    }

    /** Returns the field's place, from 0 to less than {@link EventFields#COUNT}. */
    int slot() {
      return slot;
    }
  }

  /** How many fields there are. */
  static final int COUNT = Field.values().length;

  private static final int DECIMALS = bit(Field.DV) | bit(Field.DAV) | bit(Field.DS);
  private static final long LATEST_EXACT = 1L << 53;
  private static final long LATEST_MILLIS = 100_000_000_000_000L;
  private static final long LATEST_MICROS = 1_000 * LATEST_MILLIS;

  private final double[] values = new double[COUNT];
  private final long[] wholes = new long[COUNT];
  private int numbers;
  private int wrong;
  private Violation problem;

  /** Forgets the last event. */
  void clear() {
    numbers = 0;
    wrong = 0;
    problem = null;
  }

  /** Takes the value at which the parser stands; of a nested one only that it is no number. */
  void read(Field field, JsonToken token, JsonParser parser) throws IOException {
    if (token.isNumeric()) {
      number(field.slot, parser.getDoubleValue(), Decimals.NOT_WHOLE);
    } else if (token == JsonToken.VALUE_NULL) {
      absent(field.slot);
    } else {
      wrong(field.slot);
    }
  }

  /**
   * Takes a number.
   *
   * @param slot the field's place
   * @param whole the number if it is known to be whole, else {@link Decimals#NOT_WHOLE}
   */
  void number(int slot, double value, long whole) {
    values[slot] = value;
    wholes[slot] = whole;
    numbers |= 1 << slot;
    wrong &= ~(1 << slot);
  }

  /** Takes that a field, by its place, has no value. */
  void absent(int slot) {
    numbers &= ~(1 << slot);
    wrong &= ~(1 << slot);
  }

  /** Takes that a field, by its place, has a value of a wrong type. */
  void wrong(int slot) {
    numbers &= ~(1 << slot);
    wrong |= 1 << slot;
  }

  /** Returns true if a field, by its place, may be written as a decimal in a string. */
  static boolean isDecimal(int slot) {
    return (DECIMALS & 1 << slot) != 0;
  }

  /** Returns true if a field is a number. */
  boolean isNumber(Field field) {
    return (numbers & bit(field)) != 0;
  }

  /** Returns true if a field has a value of whatever type. */
  boolean has(Field field) {
    return ((numbers | wrong) & bit(field)) != 0;
  }

  /** Returns a field the event must have, or NaN with a problem noted. */
  double required(Field field) {
    if ((numbers & bit(field)) != 0) {
      return values[field.slot];
    }
    note((wrong & bit(field)) != 0 ? Violation.WRONG_TYPE : Violation.MISSING_FIELD);
    return Double.NaN;
  }

  /** Returns a field, or NaN if it is absent or of a wrong type; the latter is noted. */
  double optional(Field field) {
    if ((numbers & bit(field)) != 0) {
      return values[field.slot];
    }
    if ((wrong & bit(field)) != 0) {
      note(Violation.WRONG_TYPE);
    }
    return Double.NaN;
  }

  /** Returns the decimal form of a field if there is one, else the plain one, which is then required. */
  double decimalOr(Field decimal, Field plain) {
    double value = optional(decimal);
    return Double.isNaN(value) ? required(plain) : value;
  }

  /** Returns a whole number from 0 to a limit, 0 if it is absent, or 0 with a problem noted. */
  long wholeUpTo(long limit, Field field) {
    double value = optional(field);
    if (Double.isNaN(value)) {
      return 0;
    }
    long whole = whole(field);
    if (whole < 0 || whole > limit) {
      note(Violation.WRONG_TYPE);
      return 0;
    }
    return whole;
  }

  /** Returns a time in epoch millis, which may be written as a float, or 0 with a problem noted. */
  long millis(Field field) {
    long time = time(field);
    if (time > LATEST_EXACT) {
      note(Violation.BAD_TIME);
      return 0;
    }
    return time;
  }

  /**
   * Returns a time in epoch millis that is written in millis, micros or nanos, told by its magnitude, or 0 with a problem
   * noted.
   */
  long millisByMagnitude(Field field) {
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

  private long time(Field field) {
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

  /** Returns a number as a whole one, or {@link Decimals#NOT_WHOLE}. */
  private long whole(Field field) {
    long whole = wholes[field.slot];
    double value = values[field.slot];
    boolean isWholeFloat =
        whole == Decimals.NOT_WHOLE && value == Math.rint(value) && Math.abs(value) < 0x1p63;
    return isWholeFloat ? (long) value : whole;
  }

  private static int bit(Field field) {
    return 1 << field.slot;
  }
}
