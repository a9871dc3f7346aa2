package io.candlehub.gateway.watch;

import io.candlehub.model.Instrument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The newest values of several instruments at one moment.
 *
 * @param number rises by one with each snapshot of a board
 * @param full true if it holds all values there are, false if only those that changed since the snapshot before
 * @param values newest values, those that changed first come first
 * @param removed instruments that are no longer there, empty if full
 * @param conflated how many values were replaced by newer ones before anybody saw them in a snapshot
 * @param <V> the values
 */
public record Snapshot<V>(
    long number, boolean full, Map<Instrument, V> values, Set<Instrument> removed, long conflated) {
  /** Copies the collections. */
  public Snapshot {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    removed = Collections.unmodifiableSet(new LinkedHashSet<>(removed));
  }
}
