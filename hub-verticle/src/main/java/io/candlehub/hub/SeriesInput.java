package io.candlehub.hub;

import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Change;
import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.TradeEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the feed's events into a series' candles while it is followed. Confined to the hub's event loop. */
final class SeriesInput {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesInput.class);
  private static final double CLOCK_TOLERANCE_MILLIS = 100;

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final SeriesStanding standing;
  private final SettledBars settled;

  SeriesInput(
      Instrument instrument,
      CandleSeries series,
      SeriesParts parts,
      SeriesStanding standing,
      SettledBars settled) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.standing = standing;
    this.settled = settled;
  }

  void onBar(AggregateEvent event, long ageMillis) {
    if (!standing.active) {
      return;
    }
    long now = parts.receivedAt(instrument, ageMillis, event.endMillis());
    standing.lastInputMillis = parts.clock().millis();
    long tolerance = Math.round(CLOCK_TOLERANCE_MILLIS * parts.clock().speed());
    Change change = series.onBar(event, now, tolerance);
    parts.meters().event(change.outcome());
    settled.accept(change);
  }

  void onTrade(TradeEvent trade, long ageMillis) {
    if (standing.active) {
      standing.lastInputMillis = parts.clock().millis();
      SaleConditions conditions = parts.conditions().apply(instrument.assetClass());
      settled.accept(series.onTrade(
          trade, conditions, parts.receivedAt(instrument, ageMillis, trade.atMillis())));
    }
  }

  void onHalt(HaltEvent event, long ageMillis) {
    if (standing.active) {
      String change = event.halted() ? "paused" : "resumed";
      LOG.info("trading {} [symbol: {}, at: {}]", change, instrument, event.atMillis());
      settled.accept(
          series.onHalt(event, parts.receivedAt(instrument, ageMillis, event.atMillis())));
    }
  }

  /** Puts an event again whose outcome is known. */
  void rebuild(FeedEvent event) {
    if (event instanceof AggregateEvent bar) {
      series.rebuild(bar);
    } else if (event instanceof TradeEvent trade && series.isTradeBuilt()) {
      series.rebuild(trade, parts.conditions().apply(instrument.assetClass()));
    }
  }
}
