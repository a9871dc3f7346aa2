package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Ohlc;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.Violation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Turns rows into bars. Minutes tell epoch seconds, days a date of New York. A row that cannot be a bar, repeats the one
 * before or goes back in time is dropped and counted; one outside the range asked for is dropped. Confined to one event
 * loop.
 */
final class BarRows {
  private static final int EXPECTED_ROWS = 1_024;
  private static final long NO_TIME = -1;
  private static final long MINUTE_MILLIS = 60_000;

  private final HistoryQuery query;
  private final FeedMeters meters;
  private final BarBlock.Builder bars = new BarBlock.Builder(EXPECTED_ROWS);

  BarRows(HistoryQuery query, FeedMeters meters) {
    this.query = query;
    this.meters = meters;
  }

  BarBlock block() {
    return bars.build();
  }

  void add(Row row) {
    long start = query.unit() == HistoryUnit.DAY ? day(row) : second(row);
    double open = row.number("open");
    double high = row.number("high");
    double low = row.number("low");
    double close = row.number("close");
    double volume = row.number("volume");
    double vwap = row.number("vwap");
    Optional<Violation> problem =
        timeProblem(start).or(() -> Ohlc.problem(open, high, low, close, volume));
    if (problem.isPresent()) {
      meters.violation(problem.get());
    } else if (start >= query.fromMillis() && start <= query.toMillis()) {
      bars.add(start, open, high, low, close, volume, vwap > 0 ? vwap : Double.NaN, -1);
    }
  }

  private static long day(Row row) {
    try {
      return TradingCalendar.nyse().startOf(LocalDate.parse(row.text("date")));
    } catch (DateTimeException e) {
      return NO_TIME;
    }
  }

  private static long second(Row row) {
    return row.has("timestamp") ? row.whole("timestamp") * 1_000 : NO_TIME;
  }

  private Optional<Violation> timeProblem(long start) {
    if (start < 0) {
      return Optional.of(Violation.MISSING_FIELD);
    }
    if (start == bars.lastStartMillis()) {
      return Optional.of(Violation.DUPLICATE);
    }
    if (start < bars.lastStartMillis()) {
      return Optional.of(Violation.NOT_ASCENDING);
    }
    boolean aligned = query.unit() == HistoryUnit.DAY || start % MINUTE_MILLIS == 0;
    return aligned ? Optional.empty() : Optional.of(Violation.BAD_TIME);
  }
}
