package io.candlehub.gateway.rest;

import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.Instrument;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The query of one request. A name that means nothing there is refused, so that a misspelt one is not taken for a
 * default; everything wrong is {@link io.candlehub.bus.Failure#INVALID_PARAMETER} and names the parameter.
 */
final class RestParameters {
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");

  private final MultiMap query;

  /** Reads a request's query, which may have the names given. */
  RestParameters(RoutingContext ctx, String... known) {
    query = ctx.queryParams();
    for (String name : query.names()) {
      if (!List.of(known).contains(name)) {
        throw StreamArguments.invalid(
            name,
            known.length == 0
                ? "is unknown; there are no parameters"
                : "is unknown; known are " + String.join(", ", known));
      }
    }
  }

  boolean has(String name) {
    return query.contains(name);
  }

  String text(String name, String otherwise) {
    return HistoryQuery.read(query, name, otherwise, text -> text);
  }

  String required(String name) {
    if (!query.contains(name)) {
      throw StreamArguments.invalid(name, "is missing");
    }
    return text(name, "");
  }

  int whole(String name, int otherwise, int min, int max) {
    return HistoryQuery.read(
        query, name, otherwise, text -> HistoryQuery.whole(name, text, min, max));
  }

  boolean flag(String name, boolean otherwise) {
    return HistoryQuery.read(query, name, otherwise, text -> HistoryQuery.flag(name, text));
  }

  /** Returns a number written with digits and at most one point. */
  double decimal(String name) {
    String text = required(name);
    if (!DECIMAL.matcher(text).matches()) {
      throw StreamArguments.invalid(name, "must be a number that is not negative");
    }
    return Double.parseDouble(text);
  }

  /** Returns the symbols of a list with commas, each once. */
  List<Instrument> instruments(String name, String otherwise, int most) {
    Set<Instrument> found = new LinkedHashSet<>();
    for (String symbol : text(name, otherwise).split(",", -1)) {
      found.add(StreamArguments.instrument(name, symbol));
    }
    if (found.size() > most) {
      throw StreamArguments.invalid(name, "must be at most " + most + " symbols");
    }
    return new ArrayList<>(found);
  }
}
