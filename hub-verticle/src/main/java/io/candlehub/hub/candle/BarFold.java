package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;

/**
 * Folds bars, added in order of time, into one bar. Reusable; confined to one thread.
 *
 * <p>The volume-weighted average price is known only if every part with volume has one, the number of trades only if
 * every part has one. The source is the liveliest of the parts' sources.
 */
public final class BarFold {
  private boolean empty;
  private double open;
  private double high;
  private double low;
  private double close;
  private double volume;
  private double turnover;
  private long trades;
  private BarSource source;

  /** Creates an empty fold. */
  public BarFold() {
    clear();
  }

  /** Forgets all parts. */
  public void clear() {
    empty = true;
    volume = 0;
    turnover = 0;
    trades = 0;
    source = BarSource.SNAPSHOT;
  }

  /** Returns true if nothing was added. */
  public boolean isEmpty() {
    return empty;
  }

  /** Adds a later part. */
  public void add(Bar bar) {
    price(bar.open(), bar.high(), bar.low(), bar.close());
    volume(bar.volume(), bar.vwap(), bar.trades());
    source(bar.source());
  }

  /** Adds the prices of a later part. */
  void price(double partOpen, double partHigh, double partLow, double partClose) {
    if (empty) {
      empty = false;
      open = partOpen;
      high = partHigh;
      low = partLow;
    } else {
      high = Math.max(high, partHigh);
      low = Math.min(low, partLow);
    }
    close = partClose;
  }

  /** Adds the volume of a part. */
  void volume(double partVolume, double partVwap, long partTrades) {
    volume += partVolume;
    if (partVolume > 0) {
      turnover += partVwap * partVolume;
    }
    trades = trades < 0 || partTrades < 0 ? -1 : trades + partTrades;
  }

  /** Takes note of a part's source. */
  void source(BarSource partSource) {
    if (partSource.compareTo(source) < 0) {
      source = partSource;
    }
  }

  /**
   * Returns the folded bar.
   *
   * @throws IllegalArgumentException if nothing was added
   */
  public Bar toBar(long startMillis, BarState state, int revision, double coverage) {
    double vwap = volume > 0 ? turnover / volume : Double.NaN;
    return new Bar(
        startMillis,
        open,
        high,
        low,
        close,
        volume,
        vwap,
        trades,
        state,
        revision,
        source,
        coverage);
  }
}
