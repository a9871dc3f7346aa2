package io.candlehub.ingest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Instrument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a question's fields; everything that is not as agreed is {@code INVALID_PARAMETER} naming the field.
 *
 * @param body the message's body
 */
record RequestBody(JsonObject body) {
  private static final int MAX_WORDS = 100;
  private static final int MOST_NUMBERS = 3;

  static RequestBody of(Object body) {
    if (body instanceof JsonObject json) {
      return new RequestBody(json);
    }
    throw Failure.INVALID_PARAMETER.because("body must be an object");
  }

  String words(String name) {
    String text = text(name).strip();
    if (text.isEmpty() || text.length() > MAX_WORDS) {
      throw wrong(name, "1 to " + MAX_WORDS + " characters");
    }
    return text;
  }

  private String text(String name) {
    if (body.getValue(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a text");
  }

  long number(String name) {
    if (body.getValue(name) instanceof Number number) {
      return number.longValue();
    }
    throw wrong(name, "a number");
  }

  /** Returns a list of a few whole numbers. */
  List<Integer> wholes(String name) {
    if (!(body.getValue(name) instanceof JsonArray numbers)
        || numbers.size() > MOST_NUMBERS
        || !numbers.stream().allMatch(Integer.class::isInstance)) {
      throw wrong(name, "a list of at most " + MOST_NUMBERS + " whole numbers");
    }
    return numbers.stream().map(Integer.class::cast).toList();
  }

  Instrument instrument() {
    return parsed("symbol", Instrument::parse, "a symbol");
  }

  /** Returns the instruments of a list of symbols, without repetitions, in order. */
  List<Instrument> instruments(String name, int most) {
    if (!(body.getValue(name) instanceof JsonArray symbols) || symbols.size() > most) {
      throw wrong(name, "a list of at most " + most + " symbols");
    }
    return symbols.stream()
        .map(symbol -> Instrument.parse(String.valueOf(symbol))
            .orElseThrow(() -> wrong(name, "a list of symbols")))
        .distinct()
        .toList();
  }

  Priority priority() {
    return parsed("priority", Priority::parse, "chart, gap, reader or warm");
  }

  LocalDate date(String name) {
    try {
      return LocalDate.parse(text(name));
    } catch (DateTimeException e) {
      throw wrong(name, "a date, yyyy-mm-dd");
    }
  }

  <T> T parsed(String name, Function<String, Optional<T>> parser, String allowed) {
    return parser.apply(text(name)).orElseThrow(() -> wrong(name, allowed));
  }

  <T> T checked(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw Failure.INVALID_PARAMETER.because(e.getMessage());
    }
  }

  private static FailureException wrong(String name, String allowed) {
    return Failure.INVALID_PARAMETER.because(name + " must be " + allowed);
  }
}
