package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Fields of an object that are numbers or, where nothing is known, not there. */
record NumberFields(List<String> names) {
  /** Copies the list. */
  NumberFields {
    names = List.copyOf(names);
  }

  static NumberFields of(String... names) {
    return new NumberFields(List.of(names));
  }

  /** Returns what is known before anything was read. */
  double[] unknown() {
    double[] values = new double[names.size()];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** Writes the finite ones of so many values. */
  void write(JsonGenerator out, double... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        Json.number(out, names.get(i), values[i]);
      }
    }
  }

  /** Takes the value on which a parser stands; one of another name is skipped. */
  void take(String name, JsonParser in, double[] values) throws IOException {
    int at = names.indexOf(name);
    if (at < 0) {
      in.skipChildren();
    } else {
      values[at] = in.getDoubleValue();
    }
  }
}
