package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.provider.BarTimes;
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
        problem(start).or(() -> Ohlc.problem(open, high, low, close, volume));
    if (problem.isPresent()) {
      meters.violation(problem.get());
    } else if (start >= query.fromMillis() && start <= query.toMillis()) {
      bars.add(start, open, high, low, close, volume, vwap > 0 ? vwap : Double.NaN, -1);
    }
  }

  private Optional<Violation> problem(long start) {
    return start < 0
        ? Optional.of(Violation.MISSING_FIELD)
        : BarTimes.problem(query.unit(), start, bars.lastStartMillis());
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
}
