package io.candlehub.clustertests;

import io.vertx.core.json.JsonObject;

/** A bar as a client holds it. */
record HeldBar(double o, double h, double l, double c, double v, boolean isFinal) {
  static HeldBar of(JsonObject bar) {
    return new HeldBar(
        bar.getDouble("o"),
        bar.getDouble("h"),
        bar.getDouble("l"),
        bar.getDouble("c"),
        bar.getDouble("v"),
        bar.getBoolean("isFinal", true));
  }

  /** Returns whether the values are the same, whatever is said of them. */
  boolean sameValues(HeldBar other) {
    return o == other.o && h == other.h && l == other.l && c == other.c && v == other.v;
  }
}
