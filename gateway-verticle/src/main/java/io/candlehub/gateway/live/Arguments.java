package io.candlehub.gateway.live;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.gateway.stream.ChainArguments;
import io.candlehub.gateway.stream.Position;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The argument object of a client's event. Everything wrong with it is a {@link io.candlehub.bus.FailureException} with
 * {@link Failure#INVALID_PARAMETER} that names the parameter.
 */
final class Arguments {
  static final String DEFAULT_CHART = "main";
  private static final int LONGEST_ID = 64;
  private static final double MOST_PER_SECOND = 1_000;

  private final JsonObject json;
  private final StreamArguments stream;

  private Arguments(JsonObject json) {
    this.json = json;
    this.stream = new StreamArguments(json);
  }

  /** Returns the arguments of an event, whose first value must be an object. */
  static Arguments of(List<Object> values) {
    if (values.isEmpty() || !(values.get(0) instanceof JsonObject json)) {
      throw StreamArguments.invalid("argument", "must be an object");
    }
    return new Arguments(json);
  }

  /** Returns the arguments of an event that needs none. */
  static Arguments optional(List<Object> values) {
    return values.isEmpty() || values.get(0) == null ? new Arguments(new JsonObject()) : of(values);
  }

  /** Checks that the event of a client that needs no argument has none. */
  static void none(List<Object> values) {
    optional(values).stream.only(List.of());
  }

  /** Returns an argument as it was given, for an error that names it; empty if it is no short text. */
  static String echo(List<Object> values, String name) {
    boolean found = !values.isEmpty()
        && values.get(0) instanceof JsonObject json
        && json.getValue(name) instanceof String text
        && text.length() <= LONGEST_ID;
    return found ? ((JsonObject) values.get(0)).getString(name) : "";
  }

  StreamKey key() {
    return stream.key();
  }

  String chartId() {
    String id = stream.text("chartId", DEFAULT_CHART);
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw StreamArguments.invalid("chartId", "must have 1 to " + LONGEST_ID + " characters");
    }
    return id;
  }

  Position since() {
    return stream.since();
  }

  double maxPerSecond() {
    Object most = json.getValue("maxPerSecond");
    if (most == null) {
      return 0;
    }
    if (!(most instanceof Number number)
        || !(number.doubleValue() >= 0.01 && number.doubleValue() <= MOST_PER_SECOND)) {
      throw StreamArguments.invalid("maxPerSecond", "must be a number from 0.01 to 1000");
    }
    return number.doubleValue();
  }

  /** Returns the instruments of {@code symbol} or {@code symbols}, each once. */
  List<Instrument> instruments() {
    if (json.getValue("symbols") == null) {
      return List.of(stream.instrument());
    }
    Set<Instrument> found = list("symbols");
    if (found.isEmpty()) {
      throw StreamArguments.invalid("symbols", "must be a list of symbols");
    }
    return List.copyOf(found);
  }

  /** Returns whether the symbols' trades are wanted too, as they are unless the client says otherwise. */
  boolean trades() {
    Object wanted = json.getValue("trades");
    if (wanted != null && !(wanted instanceof Boolean)) {
      throw StreamArguments.invalid("trades", "must be true or false");
    }
    return wanted != Boolean.FALSE;
  }

  /** Returns the instruments of {@code tickers}, each once; there may be none. */
  Set<Instrument> tickers() {
    return list("tickers");
  }

  private Set<Instrument> list(String name) {
    if (!(json.getValue(name) instanceof JsonArray list)) {
      throw StreamArguments.invalid(name, "must be a list of symbols");
    }
    Set<Instrument> found = new LinkedHashSet<>();
    for (Object symbol : list) {
      found.add(Instrument.parse(symbol instanceof String text ? text : "")
          .orElseThrow(
              () -> StreamArguments.invalid(name, "must be a list of symbols such as SPY")));
    }
    return found;
  }

  /** Returns the expiration of a chain, with the selected contract if there is one. */
  ChainFocus chain() {
    return ChainArguments.focus(json);
  }
}
