package io.candlehub.hub;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What ingest says of several instruments at present.
 *
 * @param told what is known
 * @param doubted those of which nobody told anything though a provider that may know them could not say
 */
record PresentValues(List<MarketSnapshot> told, Set<Instrument> doubted) {
  PresentValues {
    told = List.copyOf(told);
    doubted = Set.copyOf(doubted);
  }

  /** Returns what is known of an instrument, or empty. */
  Optional<MarketSnapshot> of(Instrument instrument) {
    return told.stream().filter(each -> each.instrument().equals(instrument)).findFirst();
  }
}
