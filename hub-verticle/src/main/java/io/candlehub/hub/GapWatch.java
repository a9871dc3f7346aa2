package io.candlehub.hub;

import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.Alert;
import io.candlehub.model.Instrument;
import java.util.Optional;

/**
 * Raises an alert when minutes stay unknown for longer than filling takes: once per gap, however long it lasts.
 * Confined to the hub's event loop.
 */
final class GapWatch {
  private static final long MINUTE = 60_000;
  private static final long IN_TIME_MILLIS = 5 * MINUTE;

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private boolean raised;

  GapWatch(Instrument instrument, CandleSeries series, SeriesParts parts) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
  }

  void onClock() {
    long now = parts.now(instrument.assetClass());
    Optional<Range> late = series.unsettled(now - IN_TIME_MILLIS);
    if (late.isPresent() && !raised) {
      parts
          .alerts()
          .accept(new Alert(
              Alert.Kind.GAP_NOT_FILLED,
              instrument.symbol(),
              "Minutes are missing and could not be filled in time.",
              late.get().fromMillis(),
              late.get().toMillis() + MINUTE,
              now));
    }
    raised = late.isPresent();
  }
}
