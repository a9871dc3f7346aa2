package io.candlehub.ingest;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;

/**
 * What the provider says about the market.
 *
 * @param market the word for the whole market: {@code open}, {@code closed} or {@code extended-hours}
 * @param exchanges the word for each exchange, by its name
 * @param serverTime the provider's time as ISO-8601 text, empty if it did not tell
 * @param earlyHours true before the regular session
 * @param afterHours true after it
 * @param askedAtMillis market time at which the provider was asked
 */
public record MarketStatus(
    String market,
    Map<String, String> exchanges,
    String serverTime,
    boolean earlyHours,
    boolean afterHours,
    long askedAtMillis) {
  /** Copies the map and checks presence. */
  public MarketStatus {
    Objects.requireNonNull(market, "market");
    Objects.requireNonNull(serverTime, "serverTime");
    exchanges = Map.copyOf(exchanges);
  }

  /** Returns the form used on the bus. */
  JsonObject toJson() {
    JsonObject words = new JsonObject();
    exchanges.forEach(words::put);
    return new JsonObject()
        .put("market", market)
        .put("exchanges", words)
        .put("serverTime", serverTime)
        .put("earlyHours", earlyHours)
        .put("afterHours", afterHours)
        .put("askedAt", askedAtMillis);
  }
}
