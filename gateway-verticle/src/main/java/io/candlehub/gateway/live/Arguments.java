package io.candlehub.gateway.live;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.stream.Position;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The argument object of a client's event. Everything wrong with it is a {@link FailureException} with {@link
 * Failure#INVALID_PARAMETER} that names the parameter.
 */
final class Arguments {
  static final String DEFAULT_CHART = "main";
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_EPOCH = 200;
  private static final long MOST_SEQ = 1L << 53;
  private static final double MOST_PER_SECOND = 1_000;

  private final JsonObject json;

  private Arguments(JsonObject json) {
    this.json = json;
  }

  /** Returns the arguments of an event, whose first value must be an object. */
  static Arguments of(List<Object> values) {
    if (values.isEmpty() || !(values.get(0) instanceof JsonObject json)) {
      throw invalid("argument", "must be an object");
    }
    return new Arguments(json);
  }

  /** Returns the arguments of an event that needs none. */
  static Arguments optional(List<Object> values) {
    return values.isEmpty() || values.get(0) == null ? new Arguments(new JsonObject()) : of(values);
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
    Instrument instrument = Instrument.parse(text("symbol", ""))
        .orElseThrow(() -> invalid("symbol", "must be a symbol such as SPY"));
    Timeframe timeframe = Timeframe.parse(text("timeframe", ""))
        .orElseThrow(
            () -> invalid("timeframe", "must be one of 1s 5s 15s 1m 5m 15m 30m 1h 4h 1d 1w"));
    SessionMode mode = SessionMode.parse(text("sessionMode", SessionMode.EXTENDED.wireName()))
        .orElseThrow(() -> invalid("sessionMode", "must be extended or regular"));
    return new StreamKey(instrument, timeframe, mode);
  }

  String chartId() {
    String id = text("chartId", DEFAULT_CHART);
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw invalid("chartId", "must have 1 to " + LONGEST_ID + " characters");
    }
    return id;
  }

  Position since() {
    Object since = json.getValue("since");
    if (since == null) {
      return Position.START;
    }
    if (!(since instanceof JsonObject position)
        || !(position.getValue("epoch") instanceof String epoch)
        || !(position.getValue("seq") instanceof Number seq)
        || seq.doubleValue() != Math.rint(seq.doubleValue())
        || seq.doubleValue() < 0
        || seq.doubleValue() >= MOST_SEQ
        || epoch.length() > LONGEST_EPOCH) {
      throw invalid("since", "must be {epoch, seq} as found in stream");
    }
    return new Position(epoch, seq.longValue());
  }

  double maxPerSecond() {
    Object most = json.getValue("maxPerSecond");
    if (most == null) {
      return 0;
    }
    if (!(most instanceof Number number)
        || !(number.doubleValue() >= 0.01 && number.doubleValue() <= MOST_PER_SECOND)) {
      throw invalid("maxPerSecond", "must be a number from 0.01 to 1000");
    }
    return number.doubleValue();
  }

  /** Returns the instruments of {@code symbol} or {@code symbols}, each once. */
  List<Instrument> instruments(int most) {
    Object many = json.getValue("symbols");
    if (many == null) {
      return List.of(Instrument.parse(text("symbol", ""))
          .orElseThrow(() -> invalid("symbol", "must be a symbol such as SPY")));
    }
    if (!(many instanceof JsonArray list) || list.isEmpty()) {
      throw invalid("symbols", "must be a list of symbols");
    }
    Set<String> symbols = new TreeSet<>();
    for (Object symbol : list) {
      symbols.add(symbol instanceof String text ? text : "");
    }
    if (symbols.size() > most) {
      throw Failure.LIMIT_EXCEEDED.because("at most " + most + " live symbols per client");
    }
    List<Instrument> found = new ArrayList<>();
    for (String symbol : symbols) {
      found.add(Instrument.parse(symbol)
          .orElseThrow(() -> invalid("symbols", "must be a list of symbols such as SPY")));
    }
    return found;
  }

  private String text(String name, String otherwise) {
    Object value = json.getValue(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof String text) {
      return text;
    }
    throw invalid(name, "must be a text");
  }

  static FailureException invalid(String name, String rule) {
    return Failure.INVALID_PARAMETER.because(name + " " + rule);
  }
}
