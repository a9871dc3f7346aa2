package io.candlehub.gateway.stream;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Reads what a client says about the stream it wants, whichever protocol it speaks. Everything wrong is a {@link
 * FailureException} with {@link Failure#INVALID_PARAMETER} that names the parameter.
 */
public final class StreamArguments {
  private static final int LONGEST_EPOCH = 200;
  private static final long MOST_SEQ = 1L << 53;

  private final JsonObject json;

  /** Reads an object of the client. */
  public StreamArguments(JsonObject json) {
    this.json = json;
  }

  /** Refuses a field that means nothing there, so that a misspelt one is not taken for a default. */
  public StreamArguments only(List<String> known) {
    for (String name : json.fieldNames()) {
      if (!known.contains(name)) {
        throw invalid(
            name,
            known.isEmpty()
                ? "is unknown; there are no fields"
                : "is unknown; known are " + String.join(", ", known));
      }
    }
    return this;
  }

  /** Returns the stream: {@code symbol}, {@code timeframe} and, extended if it is absent, {@code sessionMode}. */
  public StreamKey key() {
    Instrument instrument = instrument();
    Timeframe timeframe = timeframe(text("timeframe", ""));
    return new StreamKey(
        instrument, timeframe, sessionMode(text("sessionMode", SessionMode.EXTENDED.wireName())));
  }

  /** Returns the instrument of {@code symbol}. */
  public Instrument instrument() {
    return instrument("symbol", text("symbol", ""));
  }

  /** Returns the position of {@code since}; {@link Position#START} if it is absent. */
  public Position since() {
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

  /** Returns an argument that must be a text. */
  public String text(String name, String otherwise) {
    Object value = json.getValue(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof String text) {
      return text;
    }
    throw invalid(name, "must be a text");
  }

  /** Returns the instrument of a symbol that came as parameter {@code name}. */
  public static Instrument instrument(String name, String symbol) {
    return Instrument.parse(symbol)
        .orElseThrow(() -> invalid(name, "must be a symbol such as SPY"));
  }

  /** Returns the timeframe of a name. */
  public static Timeframe timeframe(String name) {
    return Timeframe.parse(name)
        .orElseThrow(
            () -> invalid("timeframe", "must be one of 1s 5s 15s 1m 5m 15m 30m 1h 4h 1d 1w"));
  }

  /** Returns the session mode of a name. */
  public static SessionMode sessionMode(String name) {
    return SessionMode.parse(name)
        .orElseThrow(() -> invalid("sessionMode", "must be extended or regular"));
  }

  /** Returns the failure that names a parameter and the rule it breaks. */
  public static FailureException invalid(String name, String rule) {
    return Failure.INVALID_PARAMETER.because(name + " " + rule);
  }
}
