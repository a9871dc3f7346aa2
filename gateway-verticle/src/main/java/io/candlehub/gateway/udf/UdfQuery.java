package io.candlehub.gateway.udf;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the parameters of a request. Unknown ones are ignored, as adapters send some of their own; everything wrong with a
 * known one is a {@link FailureException} with {@link Failure#INVALID_PARAMETER} that names it.
 */
record UdfQuery(MultiMap parameters) {
  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,15}");

  /** The end of the year 9999, beyond which nobody means a time. */
  private static final long LATEST_SECONDS = 253_402_300_799L;

  /** Returns a parameter, empty if it is absent. */
  String text(String name) {
    List<String> given = parameters.getAll(name);
    if (given.size() > 1) {
      throw StreamArguments.invalid(name, "is given more than once");
    }
    return given.isEmpty() ? "" : given.get(0);
  }

  String required(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw StreamArguments.invalid(name, "is missing");
    }
    return text;
  }

  Instrument instrument() {
    return instrument(required("symbol"));
  }

  static Instrument instrument(String name) {
    return StreamArguments.instrument("symbol", canonical(name));
  }

  /**
   * Returns the name without the exchange in front of it. Only our own prefixes are part of a symbol: {@code NYSE:F} is the
   * share {@code F}, {@code F:GC} and {@code COMEX:F:GC} are the future.
   */
  static String canonical(String name) {
    int colon = name.indexOf(':');
    return colon > 0 && !isOurs(name) ? name.substring(colon + 1) : name;
  }

  private static boolean isOurs(String name) {
    return Stream.of(AssetClass.values())
        .filter(kind -> !kind.prefix().isEmpty())
        .anyMatch(kind -> name.startsWith(kind.prefix()));
  }

  Timeframe resolution() {
    String name = required("resolution");
    return Resolution.parse(name)
        .orElseThrow(() -> StreamArguments.invalid(
            "resolution", "must be one of " + String.join(" ", Resolution.names())));
  }

  /** Returns a time; libraries ask from before 1970 when they count back far. */
  long seconds(String name) {
    return number(name, required(name));
  }

  /** Returns how many bars are wanted, if the client counts. */
  OptionalLong countback() {
    String text = text("countback");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    long count = number("countback", text);
    if (count < 0) {
      throw StreamArguments.invalid("countback", "must not be negative");
    }
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }

  private static long number(String name, String text) {
    if (SECONDS.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (Math.abs(value) <= LATEST_SECONDS) {
        return value;
      }
    }
    throw StreamArguments.invalid(name, "must be a whole number of at most 12 digits");
  }

  /** Returns a whole number from 1 to {@code most}; a larger one means as many as there may be. */
  int limit(String name, int otherwise, int most) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    long value = number(name, text);
    if (value < 1) {
      throw StreamArguments.invalid(name, "must be at least 1");
    }
    return (int) Math.min(value, most);
  }
}
