package io.candlehub.ingest;

import io.candlehub.bus.OriginJson;
import io.candlehub.model.Origin;
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
 * @param origin who told it
 */
public record MarketStatus(
    String market,
    Map<String, String> exchanges,
    String serverTime,
    boolean earlyHours,
    boolean afterHours,
    long askedAtMillis,
    Origin origin) {
  /** Copies the map and checks presence. */
  public MarketStatus {
    Objects.requireNonNull(market, "market");
    Objects.requireNonNull(serverTime, "serverTime");
    exchanges = Map.copyOf(exchanges);
    Objects.requireNonNull(origin, "origin");
  }

  /** Creates what one provider says, who need not name itself. */
  public MarketStatus(
      String market,
      Map<String, String> exchanges,
      String serverTime,
      boolean earlyHours,
      boolean afterHours,
      long askedAtMillis) {
    this(market, exchanges, serverTime, earlyHours, afterHours, askedAtMillis, Origin.UNKNOWN);
  }

  /** Returns the same, told by a provider. */
  public MarketStatus of(Origin teller) {
    return new MarketStatus(
        market, exchanges, serverTime, earlyHours, afterHours, askedAtMillis, teller);
  }

  /** Returns the form used on the bus. */
  JsonObject toJson() {
    JsonObject words = new JsonObject();
    exchanges.forEach(words::put);
    JsonObject json = new JsonObject()
        .put("market", market)
        .put("exchanges", words)
        .put("serverTime", serverTime)
        .put("earlyHours", earlyHours)
        .put("afterHours", afterHours)
        .put("askedAt", askedAtMillis);
    return OriginJson.put(json, origin);
  }
}
