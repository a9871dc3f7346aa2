package io.candlehub.simulator.tradier;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Lists as this provider writes them: none is null, one is itself, more are a list. Pure. */
final class Collapsed {
  private Collapsed() {}

  static Object list(List<?> items) {
    if (items.isEmpty()) {
      return null;
    }
    return items.size() == 1 ? items.get(0) : new JsonArray(List.copyOf(items));
  }

  /** Returns a document of one list; its whole value is null if the list is empty. */
  static JsonObject document(String outer, String inner, List<?> items) {
    return new JsonObject()
        .put(outer, items.isEmpty() ? null : new JsonObject().put(inner, list(items)));
  }
}
