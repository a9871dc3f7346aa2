package io.candlehub.ingest;

import io.candlehub.bus.OriginJson;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * An instrument in a provider's reference data.
 *
 * @param instrument the instrument
 * @param name the issuer's or fund's name, empty if unknown
 * @param type the provider's type code, empty if unknown
 * @param exchange market identifier code of the primary exchange, empty if unknown
 * @param origin who told it
 */
public record Listing(
    Instrument instrument, String name, String type, String exchange, Origin origin) {
  /** Checks presence. */
  public Listing {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(origin, "origin");
  }

  /** Creates a listing as one provider tells it, who need not name itself. */
  public Listing(Instrument instrument, String name, String type, String exchange) {
    this(instrument, name, type, exchange, Origin.UNKNOWN);
  }

  /** Returns the same, told by a provider. */
  public Listing of(Origin teller) {
    return new Listing(instrument, name, type, exchange, teller);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject()
        .put("symbol", instrument.symbol())
        .put("name", name)
        .put("type", type)
        .put("exchange", exchange);
    return OriginJson.put(json, origin);
  }
}
