package io.candlehub.bus;

import io.candlehub.model.Instrument;
import io.candlehub.model.Selection;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Writes and reads selections as they travel, are stored and are told to callers. What is not chosen is left out. */
public final class SelectionJson {
  private static final String UNDERLYING = "underlying";
  private static final String EXPIRATION = "expiration";
  private static final String CONTRACT = "contract";

  /** The names of all fields. */
  public static final List<String> FIELDS = List.of(UNDERLYING, EXPIRATION, CONTRACT);

  private SelectionJson() {}

  /** Returns a selection's JSON. */
  public static JsonObject write(Selection selection) {
    JsonObject json = new JsonObject().put(UNDERLYING, selection.underlying());
    if (!selection.expiration().isEmpty()) {
      json.put(EXPIRATION, selection.expiration());
    }
    if (!selection.contract().isEmpty()) {
      json.put(CONTRACT, selection.contract());
    }
    return json;
  }

  /** Reads what {@link #write} wrote, other fields aside; empty if it is none. */
  public static Optional<Selection> read(JsonObject json) {
    return json.getValue(UNDERLYING) instanceof String underlying
            && Instrument.parse(underlying).isPresent()
        ? Optional.of(new Selection(underlying, text(json, EXPIRATION), text(json, CONTRACT)))
        : Optional.empty();
  }

  private static String text(JsonObject json, String name) {
    return json.getValue(name) instanceof String text ? text : "";
  }
}
