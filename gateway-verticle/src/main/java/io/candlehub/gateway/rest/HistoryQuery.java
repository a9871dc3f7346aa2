package io.candlehub.gateway.rest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The parameters of a request for bars (contract §3).
 *
 * @param key whose bars, of which length, of which sessions
 * @param fromMillis start of the range, included; {@link #OPEN_START} if not given
 * @param toMillis end of the range, included; {@link #OPEN_END} if not given
 * @param limit the most bars wanted
 * @param isAdjusted whether prices are adjusted for splits
 * @param isCsv whether the answer is CSV
 */
record HistoryQuery(
    StreamKey key, long fromMillis, long toMillis, int limit, boolean isAdjusted, boolean isCsv) {
  static final long OPEN_START = Long.MIN_VALUE;
  static final long OPEN_END = Long.MAX_VALUE;
  static final int DEFAULT_LIMIT = 5_000;
  static final int MOST = 50_000;

  /** The end of the last day of 9999, wherever it ends last. */
  private static final long LATEST = 253_402_387_199_999L;

  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

  private static final List<String> KNOWN = List.of(
      "timeframe",
      "multiplier",
      "timespan",
      "from",
      "to",
      "adjusted",
      "sessionMode",
      "limit",
      "format");

  HistoryQuery {
    Objects.requireNonNull(key, "key");
  }

  /**
   * Reads the parameters of a query.
   *
   * @param symbol whose bars
   * @throws FailureException with {@link Failure#INVALID_PARAMETER}, naming the parameter
   */
  static HistoryQuery parse(String symbol, String symbolName, MultiMap query) {
    Instrument instrument = StreamArguments.instrument(symbolName, symbol);
    SessionMode mode =
        read(query, "sessionMode", SessionMode.EXTENDED, StreamArguments::sessionMode);
    long from = read(query, "from", OPEN_START, text -> instant("from", text, false));
    long to = read(query, "to", OPEN_END, text -> instant("to", text, true));
    if (from > to) {
      throw StreamArguments.invalid("from", "must not be after to");
    }
    int limit = read(query, "limit", DEFAULT_LIMIT, text -> whole("limit", text, 1, MOST));
    boolean adjusted = read(query, "adjusted", Boolean.TRUE, text -> flag("adjusted", text));
    boolean csv = read(query, "format", Boolean.FALSE, text -> {
      if (!List.of("json", "csv").contains(text)) {
        throw StreamArguments.invalid("format", "must be json or csv");
      }
      return text.equals("csv");
    });
    return new HistoryQuery(
        new StreamKey(instrument, timeframe(query), mode), from, to, limit, adjusted, csv);
  }

  /**
   * Refuses parameters that mean nothing here, so that a misspelt one is not taken for the default.
   *
   * @param symbolName what the symbol is called here
   * @throws FailureException with {@link Failure#INVALID_PARAMETER}, naming the parameter
   */
  static void onlyKnown(MultiMap query, String symbolName) {
    for (String name : query.names()) {
      if (!KNOWN.contains(name) && !name.equals(symbolName)) {
        throw StreamArguments.invalid(
            name, "is unknown; known are " + symbolName + ", " + String.join(", ", KNOWN));
      }
    }
  }

  private static Timeframe timeframe(MultiMap query) {
    boolean pair = query.contains("multiplier") || query.contains("timespan");
    if (query.contains("timeframe")) {
      Timeframe named = read(query, "timeframe", Timeframe.D1, StreamArguments::timeframe);
      if (pair && pairOf(query) != named) {
        throw StreamArguments.invalid("timeframe", "contradicts multiplier and timespan");
      }
      return named;
    }
    return pair ? pairOf(query) : Timeframe.D1;
  }

  private static Timeframe pairOf(MultiMap query) {
    int multiplier = read(query, "multiplier", 1, text -> whole("multiplier", text, 1, 1_000));
    String timespan = read(query, "timespan", "day", text -> {
      if (!List.of("second", "minute", "hour", "day", "week").contains(text)) {
        throw StreamArguments.invalid("timespan", "must be second, minute, hour, day or week");
      }
      return text;
    });
    return Timeframe.of(multiplier, timespan)
        .orElseThrow(() -> StreamArguments.invalid(
            "multiplier", multiplier + " " + timespan + " is not offered; see timeframe"));
  }

  /** Reads epoch millis, a date of the exchange or an ISO-8601 time with offset. */
  private static long instant(String name, String text, boolean endOfDay) {
    long millis = millis(name, text, endOfDay);
    if (millis < 0 || millis > LATEST) {
      throw StreamArguments.invalid(name, "must lie in the years 1970 to 9999");
    }
    return millis;
  }

  private static long millis(String name, String text, boolean endOfDay) {
    try {
      if (MILLIS.matcher(text).matches()) {
        return Long.parseLong(text);
      }
      if (DATE.matcher(text).matches()) {
        LocalDate date = LocalDate.parse(text);
        TradingCalendar calendar = TradingCalendar.nyse();
        return endOfDay ? calendar.startOf(date.plusDays(1)) - 1 : calendar.startOf(date);
      }
      // A plus sign that was not percent-encoded arrives as a blank.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw StreamArguments.invalid(
          name, "must be epoch milliseconds, YYYY-MM-DD or ISO-8601 with offset");
    }
  }

  static int whole(String name, String text, int min, int max) {
    if (WHOLE.matcher(text).matches()) {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw StreamArguments.invalid(name, "must be a whole number from " + min + " to " + max);
  }

  static boolean flag(String name, String text) {
    if (!List.of("true", "false").contains(text)) {
      throw StreamArguments.invalid(name, "must be true or false");
    }
    return text.equals("true");
  }

  /** Returns a parameter, or a default if it is absent; one that is given twice says nothing certain. */
  static <T> T read(MultiMap query, String name, T otherwise, Function<String, T> parser) {
    List<String> given = query.getAll(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    if (given.size() > 1) {
      throw StreamArguments.invalid(name, "is given more than once");
    }
    return parser.apply(given.get(0));
  }

  /** Returns the request to the hub. */
  JsonObject toRequest() {
    JsonObject request = new JsonObject()
        .put("symbol", key.instrument().symbol())
        .put("timeframe", key.timeframe().wireName())
        .put("sessionMode", key.sessionMode().wireName())
        .put("limit", limit)
        .put("adjusted", isAdjusted);
    if (fromMillis != OPEN_START) {
      request.put("from", fromMillis);
    }
    if (toMillis != OPEN_END) {
      request.put("to", toMillis);
    }
    return request;
  }

  /** Returns the query that goes on where an answer was cut. */
  HistoryQuery next(long nextFromMillis) {
    return new HistoryQuery(key, nextFromMillis, toMillis, limit, isAdjusted, isCsv);
  }

  /** Returns the query with another limit. */
  HistoryQuery withLimit(int newLimit) {
    return new HistoryQuery(key, fromMillis, toMillis, newLimit, isAdjusted, isCsv);
  }
}
