package io.candlehub.ingest.provider.massive;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Topic;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which contracts one connection carries if more are wanted than it may carry: the most important ones.
 *
 * @param most contracts on one connection (WebSocket specification, options: 1,000)
 */
record ContractBudget(int most) {
  /**
   * Returns the topics of the contracts that find room, in the same order.
   *
   * @param wanted the complete set, the most important first
   */
  Set<Topic> admit(Set<Topic> wanted) {
    Set<Instrument> carried = wanted.stream()
        .map(Topic::instrument)
        .distinct()
        .limit(most)
        .collect(Collectors.toUnmodifiableSet());
    Set<Topic> admitted = new LinkedHashSet<>(wanted);
    admitted.removeIf(topic -> !carried.contains(topic.instrument()));
    return Collections.unmodifiableSet(admitted);
  }
}
