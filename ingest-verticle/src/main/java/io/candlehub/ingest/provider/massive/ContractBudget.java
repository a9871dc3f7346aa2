package io.candlehub.ingest.provider.massive;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Topic;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which contracts one connection carries if more are wanted than it may carry (WebSocket specification, options:
 * 1,000 contracts per connection): first those it carries already, so that no stream is given up for a newcomer, then by
 * symbol. Confined to one event loop.
 */
final class ContractBudget {
  private final int most;
  private Set<Instrument> carried = Set.of();

  /**
   * Creates a budget of which nothing is used.
   *
   * @param most contracts on one connection
   */
  ContractBudget(int most) {
    this.most = most;
  }

  /** Takes the complete set of wanted topics and returns those of the contracts that find room. */
  Set<Topic> admit(Set<Topic> wanted) {
    List<Instrument> contracts = wanted.stream()
        .map(Topic::instrument)
        .distinct()
        .sorted(Comparator.comparing((Instrument contract) -> !carried.contains(contract))
            .thenComparing(Instrument::symbol))
        .toList();
    carried = new HashSet<>(contracts.subList(0, Math.min(most, contracts.size())));
    return wanted.stream()
        .filter(topic -> carried.contains(topic.instrument()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
