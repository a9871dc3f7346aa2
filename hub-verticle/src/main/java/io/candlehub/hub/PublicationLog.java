package io.candlehub.hub;

import java.util.HashMap;
import java.util.Map;

/**
 * In which order the demanded streams were published last: every publication gets the next number. Confined to the hub's
 * event loop.
 */
final class PublicationLog {
  private final long first;
  private final Map<String, Long> last = new HashMap<>();
  private long number;

  /** Creates an empty log whose numbers follow a positive one: a random one, so that no former run has come near it. */
  PublicationLog(long first) {
    this.first = first;
    number = first;
  }

  /** Counts something else that happens, and returns its number. */
  long next() {
    return ++number;
  }

  /** Takes note that something was published on a topic. */
  void published(String topic) {
    last.put(topic, next());
  }

  /** Takes note that nobody wants a topic any more. */
  void forget(String topic) {
    last.remove(topic);
  }

  /** Returns the number of the last publication on a topic; if there is none, one lower than all. */
  long of(String topic) {
    return last.getOrDefault(topic, first);
  }

  /** Returns the highest number so far. */
  long number() {
    return number;
  }

  /** Returns whether a number is of this log. */
  boolean has(long some) {
    return some >= first && some <= number;
  }
}
