package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.model.Violation;
import java.io.IOException;
import java.util.Arrays;

/**
 * The numeric fields of one event while it is read. A field's meaning depends on the event's kind, which may stand behind
 * it, so all are kept and judged when they are used: the first field that is missing or of a wrong type is the event's
 * problem. Confined to one event loop and reused from event to event.
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
    T(15);

    private final int slot;

    Field(int slot) {
      this.slot = slot;
    }
  }

  private static final int COUNT = Field.values().length;
  private static final byte ABSENT = 0;
  private static final byte NUMBER = 1;
  private static final byte WRONG = 2;

  private final byte[] kinds = new byte[COUNT];
  private final double[] values = new double[COUNT];
  private Violation problem;

  /** Forgets the last event. */
  void clear() {
    Arrays.fill(kinds, ABSENT);
    problem = null;
  }

  /** Takes the value at which the parser stands; of a nested one only that it is no number. */
  void read(Field field, JsonToken token, JsonParser parser) throws IOException {
    int at = field.slot;
    if (token.isNumeric()) {
      kinds[at] = NUMBER;
      values[at] = parser.getDoubleValue();
    } else if (token == JsonToken.VALUE_STRING && (field == Field.DV || field == Field.DAV)) {
      double value = Decimals.parse(
          parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      kinds[at] = Double.isNaN(value) ? WRONG : NUMBER;
      values[at] = value;
    } else {
      kinds[at] = token == JsonToken.VALUE_NULL ? ABSENT : WRONG;
    }
  }

  /** Returns a field the event must have, or NaN with a problem noted. */
  double required(Field field) {
    double value = optional(field);
    if (kinds[field.slot] == ABSENT) {
      note(Violation.MISSING_FIELD);
    }
    return value;
  }

  /** Returns a field, or NaN if it is absent or of a wrong type; the latter is noted. */
  double optional(Field field) {
    int at = field.slot;
    if (kinds[at] == WRONG) {
      note(Violation.WRONG_TYPE);
    }
    return kinds[at] == NUMBER ? values[at] : Double.NaN;
  }

  /** Returns the decimal form of a field if there is one, else the plain one, which is then required. */
  double decimalOr(Field decimal, Field plain) {
    double value = optional(decimal);
    return Double.isNaN(value) ? required(plain) : value;
  }

  /** Returns a time in epoch millis, which may be written as a float, or 0 with a problem noted. */
  long millis(Field field) {
    double value = required(field);
    if (Double.isNaN(value)) {
      return 0;
    }
    if (value != Math.rint(value) || value <= 0 || value > 1L << 53) {
      note(Violation.BAD_TIME);
      return 0;
    }
    return (long) value;
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
}
