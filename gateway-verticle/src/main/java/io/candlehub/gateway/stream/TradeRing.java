package io.candlehub.gateway.stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest trades of one instrument, counted from when the gateway began to follow them, so that a reader can be told
 * how many it did not get.
 *
 * <p>The hub's messages say after how many trades of its own count they end ({@code position}); so what is told twice is
 * taken once, and what got lost is counted. Another owner counts anew, and what it tells again is known by the trades
 * themselves. Pure; confined to the gateway's event loop.
 */
final class TradeRing {
  private static final int KEPT = 256;
  private static final long UNKNOWN = -1;
  private static final int SHOWN = 50;

  /** What was lost has no entry. */
  private final JsonObject[] ring = new JsonObject[KEPT];

  private long count;
  private long position = UNKNOWN;
  private String term = "";
  private ToldTrades former = new ToldTrades(List.of());

  /** Returns how many trades there have been, lost ones included. */
  long count() {
    return count;
  }

  /**
   * Takes a message or an answer of the hub.
   *
   * @param owner the term it is told under, empty if it is not known
   * @return true if there was anything new
   */
  boolean take(JsonObject message, String owner) {
    List<JsonObject> trades = trades(message);
    long before = count;
    if (!(message.getValue("position") instanceof Number told)) {
      trades.forEach(this::add);
      return count > before;
    }
    long last = told.longValue();
    if (position == UNKNOWN || !owner.equals(term)) {
      former = new ToldTrades(from(0));
      position = last - trades.size();
      term = owner;
    }
    long lost = last - trades.size() - position;
    for (long i = Math.max(0, lost - KEPT); i < lost; i++) {
      ring[(int) ((count + i) % KEPT)] = null;
    }
    count += Math.max(0, lost);
    int known = (int) Math.min(trades.size(), Math.max(0, -lost));
    trades.subList(known, trades.size()).stream()
        .filter(trade -> !former.isTold(trade))
        .forEach(this::add);
    position = Math.max(position, last);
    return count > before;
  }

  private static List<JsonObject> trades(JsonObject message) {
    return message.getValue("trades") instanceof JsonArray list
        ? list.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  private void add(JsonObject trade) {
    ring[(int) (count % KEPT)] = trade;
    count++;
  }

  /** Returns the last trades, for a reader that has none yet. */
  Trades newest(String symbol) {
    return new Trades(symbol, from(Math.max(0, count - SHOWN)), 0);
  }

  /** Returns the trades after a count that a reader has seen. */
  Trades after(String symbol, long seen) {
    List<JsonObject> found = from(Math.max(seen, count - KEPT));
    return new Trades(symbol, found, count - seen - found.size());
  }

  private List<JsonObject> from(long first) {
    List<JsonObject> found = new ArrayList<>();
    for (long i = Math.max(first, count - KEPT); i < count; i++) {
      JsonObject trade = ring[(int) (i % KEPT)];
      if (trade != null) {
        found.add(trade);
      }
    }
    return found;
  }
}
