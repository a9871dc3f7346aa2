package io.candlehub.gateway.stream;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trades that a former owner has told, by which those are recognised that a new one tells again: what is among them,
 * by time and number, and what is older than all of them. Where a provider does not number trades the same one counts as
 * told again as often as it was told. Pure; confined to the gateway's event loop.
 */
final class ToldTrades {
  private final Map<Object, Integer> told = new HashMap<>();
  private long oldestMillis = Long.MIN_VALUE;
  private long oldestNumber;

  private record Numbered(long atMillis, long number) {}

  private record Plain(
      long atMillis, Object price, Object size, Object exchange, Object conditions) {}

  /** Takes note of what was told, in any order. */
  ToldTrades(List<JsonObject> trades) {
    for (JsonObject trade : trades) {
      told.merge(key(trade), 1, Integer::sum);
      if (oldestMillis == Long.MIN_VALUE || isOlder(trade)) {
        oldestMillis = atMillis(trade);
        oldestNumber = number(trade);
      }
    }
  }

  /** Returns true if a trade was told before. */
  boolean isTold(JsonObject trade) {
    if (isOlder(trade)) {
      return true;
    }
    Object key = key(trade);
    if (key instanceof Numbered) {
      return told.containsKey(key);
    }
    boolean known = told.getOrDefault(key, 0) > 0;
    told.computeIfPresent(key, (same, count) -> count - 1);
    return known;
  }

  private boolean isOlder(JsonObject trade) {
    long atMillis = atMillis(trade);
    return atMillis < oldestMillis
        || (atMillis == oldestMillis && number(trade) != 0 && number(trade) < oldestNumber);
  }

  private static Object key(JsonObject trade) {
    return number(trade) == 0
        ? new Plain(
            atMillis(trade),
            trade.getValue("p"),
            trade.getValue("s"),
            trade.getValue("x"),
            trade.getValue("c"))
        : new Numbered(atMillis(trade), number(trade));
  }

  private static long atMillis(JsonObject trade) {
    return trade.getLong("t", 0L);
  }

  private static long number(JsonObject trade) {
    return trade.getLong("q", 0L);
  }
}
