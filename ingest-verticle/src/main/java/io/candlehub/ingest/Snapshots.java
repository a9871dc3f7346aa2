package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import java.util.List;
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
}
