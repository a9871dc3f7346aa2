package io.candlehub.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What changed in one expiration of a chain.
 *
 * @param underlying its canonical symbol
 * @param expiration date in the symbols
 * @param legs the changed ones in full
 * @param window contracts that are live now
 * @param windowWanted how many would be if providers did not limit them
 * @param removed contracts whose live values are gone: what was shown as live of them must not be shown any more
 * @param unlisted contracts that the expiration does not have any more
 * @param spot the underlying's price, if it is another one than was told last, else NaN
 * @param quality of the whole, if it is another one than was told last, else none
 */
public record ChainUpdate(
    String underlying,
    LocalDate expiration,
    List<OptionLeg> legs,
    List<String> window,
    int windowWanted,
    List<String> removed,
    List<String> unlisted,
    double spot,
    List<Quality> quality) {
  /** Checks presence. */
  public ChainUpdate {
    Objects.requireNonNull(underlying, "underlying");
    Objects.requireNonNull(expiration, "expiration");
    legs = List.copyOf(legs);
    window = List.copyOf(window);
    removed = List.copyOf(removed);
    unlisted = List.copyOf(unlisted);
    quality = List.copyOf(quality);
    if (quality.size() > 1) {
      throw new IllegalArgumentException("one quality of the whole");
    }
  }
}
