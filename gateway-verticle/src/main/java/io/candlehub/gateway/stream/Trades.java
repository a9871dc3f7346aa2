package io.candlehub.gateway.stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * Trades of an instrument for a reader, oldest first.
 *
 * @param symbol whose trades
 * @param trades as the hub wrote them; not to be changed
 * @param conflated how many came since the reader's last ones and are not among them
 */
public record Trades(String symbol, List<JsonObject> trades, long conflated) {
  /** Copies the list. */
  public Trades {
    Objects.requireNonNull(symbol, "symbol");
    trades = List.copyOf(trades);
  }

  /** Returns them as clients get them. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("symbol", symbol).put("trades", new JsonArray(trades));
    return conflated > 0 ? json.put("conflated", conflated) : json;
  }
}
