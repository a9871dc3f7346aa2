package io.candlehub.hub.option;

import java.util.List;

/**
 * The contracts of one expiration that are live.
 *
 * @param contracts selected ones, then the nearest to the money first
 * @param wanted how many there would be if the budget did not end before
 */
public record LiveWindow(List<String> contracts, int wanted) {
  /** Copies the list. */
  public LiveWindow {
    contracts = List.copyOf(contracts);
  }
}
