package io.candlehub.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of several instruments at present.
 *
 * @param told what was told, in the order asked; of what nobody knows anything there is none
 * @param doubted those of which nothing was told though a provider that may know them could not say: it failed, or could
 *     not be asked
 */
public record Snapshots(List<MarketSnapshot> told, Set<Instrument> doubted) {
  /** Copies both. */
  public Snapshots {
    told = List.copyOf(told);
    doubted = Set.copyOf(doubted);
  }

  /** Returns what a provider told that could say of everything. */
  public static Snapshots of(List<MarketSnapshot> told) {
    return new Snapshots(told, Set.of());
  }

  /** Returns what is known of an instrument, or empty. */
  public Optional<MarketSnapshot> find(Instrument instrument) {
    return told.stream().filter(each -> each.instrument().equals(instrument)).findFirst();
  }
}
