package io.candlehub.demand;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of topics whose teller remembers the last changes, so that it can say what followed a version. Its order is that
 * of the last additions. Confined to one event loop.
 */
public final class TopicSet {
  private static final int REMEMBERED = 1_000;

  private final Set<String> topics = new LinkedHashSet<>();

  /** Of each of the last changes the topic, the newest last; one change is one version. */
  private final Deque<String> changed = new ArrayDeque<>();

  private long version = TopicChange.EMPTY;

  /** Adds a topic; returns false if it is there already. */
  public boolean add(String topic) {
    boolean isNew = topics.add(topic);
    if (isNew) {
      note(topic);
    }
    return isNew;
  }

  /** Removes a topic; returns false if it is not there. */
  public boolean remove(String topic) {
    boolean was = topics.remove(topic);
    if (was) {
      note(topic);
    }
    return was;
  }

  /** Makes it a list of topics in its order; returns false if it is that already. */
  public boolean replace(Collection<String> ordered) {
    Set<String> next = new LinkedHashSet<>(ordered);
    List<String> now = List.copyOf(topics);
    if (now.equals(List.copyOf(next))) {
      return false;
    }
    now.stream().filter(topic -> !next.contains(topic)).forEach(this::remove);
    next.forEach(this::add);
    if (!List.copyOf(topics).equals(List.copyOf(next))) {
      reorder(next);
    }
    return true;
  }

  /** Who knows an older order is told the whole set. */
  private void reorder(Set<String> ordered) {
    topics.clear();
    topics.addAll(ordered);
    changed.clear();
    version++;
  }

  private void note(String topic) {
    version++;
    changed.addLast(topic);
    if (changed.size() > REMEMBERED) {
      changed.removeFirst();
    }
  }

  /** Returns whether nothing is in it. */
  public boolean isEmpty() {
    return topics.isEmpty();
  }

  /** Returns what is in it. */
  public Set<String> topics() {
    return Collections.unmodifiableSet(topics);
  }

  /** Returns what followed one of its versions: the whole set if that is forgotten, or shorter. */
  public TopicChange since(long known) {
    long missed = version - known;
    if (missed == 0) {
      return TopicChange.none(version);
    }
    if (missed > changed.size() || missed >= topics.size()) {
      return new TopicChange(TopicChange.EMPTY, version, List.copyOf(topics), List.of());
    }
    Set<String> added = new LinkedHashSet<>();
    Set<String> removed = new HashSet<>();
    Iterator<String> newestFirst = changed.descendingIterator();
    Set<String> seen = new HashSet<>();
    for (long i = 0; i < missed; i++) {
      String topic = newestFirst.next();
      if (seen.add(topic)) {
        (topics.contains(topic) ? added : removed).add(topic);
      }
    }
    List<String> oldestFirst = new ArrayList<>(added);
    Collections.reverse(oldestFirst);
    return new TopicChange(known, version, oldestFirst, List.copyOf(removed));
  }
}
