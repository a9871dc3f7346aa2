package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * An instrument in a provider's reference data.
 *
 * @param instrument the instrument
 * @param name the issuer's or fund's name, empty if unknown
 * @param type the provider's type code, empty if unknown
 * @param exchange market identifier code of the primary exchange, empty if unknown
 */
public record Listing(Instrument instrument, String name, String type, String exchange) {
  /** Checks presence. */
  public Listing {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(exchange, "exchange");
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("symbol", instrument.symbol())
        .put("name", name)
        .put("type", type)
        .put("exchange", exchange);
  }
}
