package io.candlehub.ingest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.feed.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class ContractBudgetTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ContractBudget budget = new ContractBudget(2, new FeedMeters(registry, "any"));

  @Test
  void shouldCountContractsAndNotTopics() {
    Set<Topic> wanted = topics(
        "quotes:O:A251219C00650000",
        "trades:O:A251219C00650000",
        "quotes:SPY",
        "seconds:O:A251219C00650000",
        "quotes:O:B251219C00650000",
        "trades:QQQ");

    assertThat(budget.admit(wanted)).containsExactlyElementsOf(wanted);
  }

  @Test
  void shouldCarryTheMostImportantFirst() {
    Set<Topic> wanted = topics(
        "quotes:O:C251219C00650000",
        "quotes:O:A251219C00650000",
        "quotes:O:B251219C00650000",
        "trades:O:C251219C00650000",
        "trades:O:B251219C00650000");

    assertThat(budget.admit(wanted))
        .containsExactlyElementsOf(topics(
            "quotes:O:C251219C00650000", "quotes:O:A251219C00650000", "trades:O:C251219C00650000"));
  }

  @Test
  void shouldCountWhatFindsNoRoomOnce() {
    Set<Topic> wanted = topics(
        "quotes:O:C251219C00650000",
        "quotes:O:A251219C00650000",
        "quotes:O:B251219C00650000",
        "trades:O:B251219C00650000");

    budget.admit(wanted);
    budget.admit(wanted);

    assertThat(registry.get("candlehub.ingest.refused.topics").counter().count())
        .isEqualTo(2);
  }

  private static Set<Topic> topics(String... topics) {
    return Stream.of(topics)
        .map(text -> Topic.parse(text).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
