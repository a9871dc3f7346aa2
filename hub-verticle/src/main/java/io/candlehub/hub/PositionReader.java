package io.candlehub.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which positions one gateway is to be told. A stream that goes on needs none, because what is missed of it shows by the
 * next update, and one that has rested since the gateway took its position needs none either. So it is told of what was
 * published, or came to its demand, after the number up to which it knows all, and has rested since it asked last.
 *
 * <p>Confined to the hub's event loop.
 */
final class PositionReader {
  private final PublicationLog log;

  /** When topics came that the gateway may not have been told of since. */
  private final Map<String, Long> added = new HashMap<>();

  /** What was published later does not rest yet. */
  private long asked;

  PositionReader(PublicationLog log) {
    this.log = log;
    asked = log.number();
  }

  /**
   * What to tell.
   *
   * @param rested topics of streams that rest
   * @param moving topics of others, for a gateway that knows nothing
   * @param upTo the number up to which the gateway knows all when those that rest are where they are told to be
   */
  record Due(List<String> rested, List<String> moving, long upTo) {}

  /** Takes note that the gateway wants a topic that it did not want. */
  void added(String topic) {
    added.put(topic, log.next());
  }

  /** Takes note that the gateway wants a topic no more. */
  void removed(String topic) {
    added.remove(topic);
  }

  /**
   * Returns what is due to a gateway that asks; empty if it knows all that rests.
   *
   * @param since the number up to which it knows all; 0 or one of a former run of this node if it knows nothing
   * @param topics all that the gateway wants
   */
  Optional<Due> due(long since, Stream<String> topics) {
    long resting = asked;
    asked = log.number();
    boolean isKnown = log.has(since);
    if (isKnown) {
      added.values().removeIf(number -> number <= since);
    }
    if (isKnown && since >= resting) {
      return Optional.empty();
    }
    List<String> rested = new ArrayList<>();
    List<String> moving = new ArrayList<>();
    topics.forEach(topic -> {
      long number = Math.max(log.of(topic), added.getOrDefault(topic, 0L));
      if (number > resting) {
        moving.add(topic);
      } else if (!isKnown || number > since) {
        rested.add(topic);
      }
    });
    return Optional.of(new Due(rested, isKnown ? List.of() : moving, resting));
  }
}
