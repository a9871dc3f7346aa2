package io.candlehub.bus;

import io.candlehub.cluster.Shards;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;

/**
 * Whose bars a chart shows (contract §3): its own symbol's, but for an intraday chart of an option, which trades too seldom
 * for one, those of the underlying. Both belong to the same shard.
 */
public final class ChartedBars {
  private ChartedBars() {}

  /** Returns the stream whose bars a chart shows, which is the chart's own for all but intraday charts of options. */
  public static StreamKey of(StreamKey chart) {
    return chart.timeframe().isIntraday() && chart.instrument().assetClass() == AssetClass.OPTION
        ? new StreamKey(underlying(chart.instrument()), chart.timeframe(), chart.sessionMode())
        : chart;
  }

  /** Returns whose bars the intraday charts of an instrument show. */
  public static Instrument intraday(Instrument instrument) {
    return instrument.assetClass() == AssetClass.OPTION ? underlying(instrument) : instrument;
  }

  private static Instrument underlying(Instrument option) {
    return Instrument.of(Shards.underlying(option));
  }
}
