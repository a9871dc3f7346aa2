package io.candlehub.simulator.tradier;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes documents as XML: a list repeats its element, nothing is an empty element. Pure. */
final class Xml {
  private Xml() {}

  static String of(JsonObject document) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    document.forEach(entry -> element(out, entry.getKey(), entry.getValue()));
    return out.toString();
  }

  private static void element(StringBuilder out, String name, Object value) {
    if (value instanceof JsonArray list) {
      list.forEach(item -> element(out, name, item));
      return;
    }
    if (value == null) {
      out.append('<').append(name).append("/>");
      return;
    }
    out.append('<').append(name).append('>');
    if (value instanceof JsonObject object) {
      object.forEach(entry -> element(out, entry.getKey(), entry.getValue()));
    } else {
      escape(out, value.toString());
    }
    out.append("</").append(name).append('>');
  }

  private static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
  }
}
