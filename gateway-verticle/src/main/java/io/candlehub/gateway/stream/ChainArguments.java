package io.candlehub.gateway.stream;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.cluster.Shards;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what a client says about the options it wants, whichever protocol it speaks. Everything wrong is a {@link
 * io.candlehub.bus.FailureException} with {@link Failure#INVALID_PARAMETER} that names the parameter.
 */
public final class ChainArguments {
  /** The bounds a chain may be filtered by; none is negative. */
  public static final List<String> BOUNDS =
      List.of("strikeMin", "strikeMax", "minVolume", "maxSpreadPercent");

  private static final String UNDERLYING = "underlying";
  private static final String EXPIRATION = "expiration";
  private static final String CONTRACT = "contract";
  private static final List<String> FOCUS = List.of(UNDERLYING, EXPIRATION, CONTRACT);
  private static final List<String> QUESTION =
      Stream.concat(Stream.of(UNDERLYING, EXPIRATION), BOUNDS.stream()).toList();
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private ChainArguments() {}

  /** Returns the underlying of a symbol that came as parameter {@code name}. */
  public static Instrument underlying(String name, String symbol) {
    Instrument found = StreamArguments.instrument(name, symbol);
    if (found.assetClass() == AssetClass.OPTION) {
      throw StreamArguments.invalid(name, "must be an underlying such as SPY");
    }
    return found;
  }

  /** Returns the expiration's date. */
  public static LocalDate expiration(String text) {
    try {
      if (DATE.matcher(text).matches()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      throw StreamArguments.invalid(EXPIRATION, "must be a date of the calendar");
    }
    throw StreamArguments.invalid(EXPIRATION, "must be a date such as 2025-12-19");
  }

  /** Returns the contract of a symbol that came as parameter {@code name}. */
  public static OptionContract contract(String name, String symbol) {
    return Instrument.parse(symbol)
        .flatMap(OptionContract::of)
        .orElseThrow(() -> StreamArguments.invalid(
            name, "must be an option contract such as O:SPY251219C00650000"));
  }

  /**
   * Returns the contract {@code contract} of an object, if it has one, which must belong to the underlying and the
   * expiration.
   */
  public static List<OptionContract> contract(
      JsonObject given, Instrument underlying, LocalDate expiration) {
    if (given.getValue(CONTRACT) == null) {
      return List.of();
    }
    OptionContract contract = contract(CONTRACT, new StreamArguments(given).text(CONTRACT, ""));
    if (!Shards.underlying(contract.instrument()).equals(underlying.symbol())
        || !contract.expiration().equals(expiration)) {
      throw StreamArguments.invalid(CONTRACT, "must be of that underlying and expiration");
    }
    return List.of(contract);
  }

  /** Returns what a client shows of an underlying: one expiration, with the selected contract if there is one. */
  public static ChainFocus focus(JsonObject given) {
    StreamArguments arguments = new StreamArguments(given).only(FOCUS);
    Instrument underlying = underlying(UNDERLYING, arguments.text(UNDERLYING, ""));
    LocalDate expiration = expiration(arguments.text(EXPIRATION, ""));
    return new ChainFocus(
        underlying,
        List.of(expiration),
        contract(given, underlying, expiration).stream()
            .map(OptionContract::instrument)
            .toList());
  }

  /** Returns the question to the hub for a chain: {@code underlying}, {@code expiration} and bounds, if given. */
  public static JsonObject question(JsonObject given) {
    StreamArguments arguments = new StreamArguments(given).only(QUESTION);
    JsonObject question = new JsonObject()
        .put(UNDERLYING, underlying(UNDERLYING, arguments.text(UNDERLYING, "")).symbol());
    if (given.getValue(EXPIRATION) != null) {
      question.put(EXPIRATION, expiration(arguments.text(EXPIRATION, "")).toString());
    }
    for (String name : BOUNDS) {
      if (given.getValue(name) != null) {
        question.put(name, bound(name, given.getValue(name)));
      }
    }
    return ordered(question);
  }

  private static JsonObject ordered(JsonObject question) {
    if (question.containsKey("strikeMin")
        && question.containsKey("strikeMax")
        && question.getDouble("strikeMin") > question.getDouble("strikeMax")) {
      throw StreamArguments.invalid("strikeMin", "must not be above strikeMax");
    }
    return question;
  }

  private static double bound(String name, Object value) {
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && !Double.isInfinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw StreamArguments.invalid(name, "must be a number that is not negative");
  }
}
