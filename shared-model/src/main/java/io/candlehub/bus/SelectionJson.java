package io.candlehub.bus;

import io.candlehub.cluster.Shards;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.candlehub.model.Selection;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
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

  /**
   * Reads what {@link #write} wrote, other fields aside. A contract without an expiration is of its own; empty if the
   * parts do not belong together, or it is no selection.
   */
  public static Optional<Selection> read(JsonObject json) {
    for (String field : FIELDS) {
      if (json.getValue(field) != null && !(json.getValue(field) instanceof String)) {
        return Optional.empty();
      }
    }
    String underlying = json.getString(UNDERLYING, "");
    String expiration = json.getString(EXPIRATION, "");
    String contract = json.getString(CONTRACT, "");
    boolean isUnderlying = Instrument.parse(underlying)
        .filter(known -> known.assetClass() != AssetClass.OPTION)
        .isPresent();
    if (!isUnderlying || !isDate(expiration)) {
      return Optional.empty();
    }
    if (contract.isEmpty()) {
      return Optional.of(new Selection(underlying, expiration, ""));
    }
    return Instrument.parse(contract)
        .filter(option -> Shards.underlying(option).equals(underlying))
        .flatMap(OptionContract::of)
        .map(known -> known.expiration().toString())
        .filter(own -> expiration.isEmpty() || expiration.equals(own))
        .map(own -> new Selection(underlying, own, contract));
  }

  private static boolean isDate(String text) {
    try {
      return text.isEmpty() || LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
