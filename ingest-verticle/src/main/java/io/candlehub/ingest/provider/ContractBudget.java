package io.candlehub.ingest.provider;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Topic;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which option contracts one connection carries if more are wanted than it may carry: the most important ones.
 * Other topics are carried all. Confined to one event loop.
 */
public final class ContractBudget {
  private static final Logger LOG = LoggerFactory.getLogger(ContractBudget.class);

  private final int most;
  private final FeedMeters meters;
  private Set<Topic> excess = Set.of();

  /**
   * Creates a budget.
   *
   * @param most contracts on one connection
   * @param meters counts the topics that find no room
   */
  public ContractBudget(int most, FeedMeters meters) {
    this.most = most;
    this.meters = meters;
  }

  /**
   * Returns the topics that find room, in the same order.
   *
   * @param wanted the complete set, the most important first
   */
  public Set<Topic> admit(Set<Topic> wanted) {
    Set<Topic> admitted = new LinkedHashSet<>();
    Set<Topic> refused = new HashSet<>();
    Set<Instrument> contracts = new HashSet<>();
    for (Topic topic : wanted) {
      Instrument instrument = topic.instrument();
      boolean isOption = instrument.assetClass() == AssetClass.OPTION;
      boolean hasRoom = !isOption || contracts.size() < most || contracts.contains(instrument);
      if (isOption && hasRoom) {
        contracts.add(instrument);
      }
      (hasRoom ? admitted : refused).add(topic);
    }
    note(refused);
    return Collections.unmodifiableSet(admitted);
  }

  private void note(Set<Topic> refused) {
    meters.overBudget(
        (int) refused.stream().filter(topic -> !excess.contains(topic)).count());
    if (excess.isEmpty() && !refused.isEmpty()) {
      LOG.warn(
          "more contracts wanted than one connection carries [topicsRefused: {}]", refused.size());
    }
    excess = refused;
  }
}
