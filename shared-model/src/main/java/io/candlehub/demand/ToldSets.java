package io.candlehub.demand;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The sets of one owner as they were told. Confined to one event loop. */
public final class ToldSets {
  private final Map<String, Told> sets = new HashMap<>();
  private long number;

  private static final class Told {
    private Set<String> topics = new LinkedHashSet<>();
    private long version = TopicChange.EMPTY;
  }

  /** Is told each topic that comes into a set or leaves it. */
  public interface Listener {
    /** A set has a topic that it had not. */
    void added(String set, String topic);

    /** A set has a topic no more. */
    void removed(String set, String topic);

    /** What a set had before and after is in another order, perhaps. */
    default void reordered(String set) {}
  }

  /**
   * Takes a report of the owner. One that is older than the last changes nothing.
   *
   * @return false if the owner is to tell everything whole, because something must have been missed
   */
  public boolean take(DemandReport report, Listener listener) {
    if (report.number() <= number) {
      return true;
    }
    if (number == 0 && !report.complete()) {
      return false;
    }
    boolean known = true;
    for (Map.Entry<String, TopicChange> entry : report.sets().entrySet()) {
      known &= take(entry.getKey(), entry.getValue(), listener);
    }
    if (report.complete()) {
      Set<String> gone = new HashSet<>(sets.keySet());
      gone.removeAll(report.sets().keySet());
      gone.forEach(set -> drop(set, listener));
    }
    number = known ? report.number() : report.number() - 1;
    return known;
  }

  /** Makes topics a set, whatever was told of it. */
  public void set(String set, Collection<String> topics, Listener listener) {
    replace(set, sets.computeIfAbsent(set, name -> new Told()), topics, listener);
  }

  private boolean take(String set, TopicChange change, Listener listener) {
    Told told = sets.computeIfAbsent(set, name -> new Told());
    if (change.version() == told.version) {
      return true;
    }
    if (change.isWhole()) {
      replace(set, told, change.added(), listener);
    } else if (change.from() == told.version) {
      apply(set, told, change, listener);
    } else {
      return false;
    }
    told.version = change.version();
    return true;
  }

  private static void apply(String set, Told told, TopicChange change, Listener listener) {
    for (String topic : change.removed()) {
      if (told.topics.remove(topic)) {
        listener.removed(set, topic);
      }
    }
    for (String topic : change.added()) {
      boolean was = told.topics.remove(topic);
      told.topics.add(topic);
      if (was) {
        listener.reordered(set);
      } else {
        listener.added(set, topic);
      }
    }
  }

  private static void replace(String set, Told told, Collection<String> topics, Listener listener) {
    Set<String> former = told.topics;
    told.topics = new LinkedHashSet<>(topics);
    for (String topic : former) {
      if (!told.topics.contains(topic)) {
        listener.removed(set, topic);
      }
    }
    for (String topic : told.topics) {
      if (!former.contains(topic)) {
        listener.added(set, topic);
      }
    }
    listener.reordered(set);
  }

  private void drop(String set, Listener listener) {
    sets.remove(set).topics.forEach(topic -> listener.removed(set, topic));
  }

  /** Forgets everything. */
  public void clear(Listener listener) {
    Set.copyOf(sets.keySet()).forEach(set -> drop(set, listener));
  }

  /** Returns whether nothing is wanted. */
  public boolean isEmpty() {
    return sets.values().stream().allMatch(told -> told.topics.isEmpty());
  }

  /** Returns what all sets have. */
  public Stream<String> topics() {
    return sets.values().stream().flatMap(told -> told.topics.stream());
  }

  /** Returns what a set has, in its order. */
  public Collection<String> topics(String set) {
    Told told = sets.get(set);
    return told == null ? Set.of() : Collections.unmodifiableSet(told.topics);
  }

  /** Returns all it knows of the owner as one report, for who missed something. */
  public DemandReport whole(String owner, String node) {
    Map<String, TopicChange> changes = new HashMap<>();
    sets.forEach((name, told) -> changes.put(
        name,
        new TopicChange(TopicChange.EMPTY, told.version, List.copyOf(told.topics), List.of())));
    return new DemandReport(owner, node, number, true, false, 0, changes);
  }
}
