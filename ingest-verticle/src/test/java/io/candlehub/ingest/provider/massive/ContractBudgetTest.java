package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.feed.Topic;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class ContractBudgetTest {
  private final ContractBudget budget = new ContractBudget(2);

  @Test
  void shouldCountContractsAndNotTopics() {
    Set<Topic> wanted = topics(
        "quotes:O:A251219C00650000",
        "trades:O:A251219C00650000",
        "seconds:O:A251219C00650000",
        "quotes:O:B251219C00650000");

    assertThat(budget.admit(wanted)).isEqualTo(wanted);
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

  private static Set<Topic> topics(String... topics) {
    return Stream.of(topics)
        .map(text -> Topic.parse(text).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
