package io.candlehub.hub;

import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Splits;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import java.time.LocalDate;

/**
 * Keeps a series' table of splits: read at the first load and once per day; without it bars are shown as they traded.
 * Confined to the hub's event loop.
 */
final class SeriesSplits {
  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final Runnable changed;
  private LocalDate readOn = LocalDate.MIN;

  /** Creates the keeper; {@code changed} is called when another table began a new epoch. */
  SeriesSplits(Instrument instrument, CandleSeries series, SeriesParts parts, Runnable changed) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.changed = changed;
  }

  private LocalDate today() {
    return TradingCalendar.of(instrument).todayAt(parts.now(instrument.assetClass()));
  }

  /** Returns the epoch day on which the table was read. */
  long readOnDay() {
    return readOn.equals(LocalDate.MIN) ? Long.MIN_VALUE : readOn.toEpochDay();
  }

  /** Takes note when a former owner has read the table. */
  void adopt(long epochDay) {
    readOn = epochDay == Long.MIN_VALUE ? LocalDate.MIN : LocalDate.ofEpochDay(epochDay);
  }

  /** Reads the table again when a day has begun. */
  void onClock() {
    if (!today().equals(readOn)) {
      refresh();
    }
  }

  /** Reads the table; succeeds also if it cannot be read, which is tried again. */
  Future<Void> refresh() {
    LocalDate today = today();
    readOn = today;
    return parts
        .reference()
        .splits(instrument, today)
        .<Void>map(all -> {
          Splits executed = Splits.executed(all, today, TradingCalendar.of(instrument));
          if (series.onSplits(executed, parts.newEpoch())) {
            changed.run();
          }
          return null;
        })
        .recover(failure -> {
          readOn = LocalDate.MIN;
          return Future.succeededFuture();
        });
  }
}
