package io.candlehub.hub;

import io.candlehub.hub.candle.Change;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** Counts what a series' changes settled and gives it to the store's writer. Confined to the hub's event loop. */
final class SettledBars implements Consumer<Change> {
  private final Instrument instrument;
  private final SeriesParts parts;

  SettledBars(Instrument instrument, SeriesParts parts) {
    this.instrument = instrument;
    this.parts = parts;
  }

  @Override
  public void accept(Change change) {
    parts.meters().settled(change);
    List<Bar> kept = change.settled().stream().filter(this::isKept).toList();
    if (!kept.isEmpty()) {
      parts.data().finalizeCandle(instrument, kept);
    }
  }

  /** The store's own bars need no writing, and days that ended are kept by the loader as a whole. */
  private boolean isKept(Bar bar) {
    long now = parts.now(instrument.assetClass());
    TradingCalendar calendar = TradingCalendar.of(instrument);
    LocalDate today = calendar.todayAt(now);
    return bar.source() == BarSource.LIVE
        || (bar.source() == BarSource.BACKFILL
            && !calendar.dateOf(bar.startMillis()).isBefore(today));
  }
}
