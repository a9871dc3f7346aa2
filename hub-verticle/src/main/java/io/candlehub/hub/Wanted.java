package io.candlehub.hub;

import io.candlehub.bus.ChainFocus;
import io.candlehub.model.StreamKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is wanted of one instrument.
 *
 * @param charts the charts that show its bars
 * @param quotes whether its quotes are; they are if it is the underlying of a viewed chain
 * @param trades whether its trades are
 * @param chains what viewers of its chain look at
 */
record Wanted(Set<StreamKey> charts, boolean quotes, boolean trades, Set<ChainFocus> chains) {
  /** Nothing is wanted. */
  static final Wanted NOTHING = new Wanted(Set.of(), false, false, Set.of());

  /** Reads an instrument's topics; trades of what is not traded are wanted of nobody. */
  static Wanted of(Collection<DemandTopic> topics) {
    Set<StreamKey> charts = new LinkedHashSet<>();
    Set<ChainFocus> chains = new LinkedHashSet<>();
    boolean quotes = false;
    boolean trades = false;
    for (DemandTopic topic : topics) {
      if (topic instanceof DemandTopic.Chart chart) {
        charts.add(chart.key());
      } else if (topic instanceof DemandTopic.Chain chain) {
        chains.add(chain.focus());
      } else if (topic instanceof DemandTopic.Quotes) {
        quotes = true;
      } else if (topic instanceof DemandTopic.Trades) {
        trades |= topic.instrument().assetClass().isTraded();
      } else {
        throw new AssertionError(topic);
      }
    }
    return new Wanted(charts, quotes || !chains.isEmpty(), trades, chains);
  }

  boolean isNothing() {
    return charts.isEmpty() && !quotes && !trades;
  }
}
