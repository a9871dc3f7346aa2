package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DemandSetsTest {
  private static final Topic SPY = Topic.parse("minutes:SPY").orElseThrow();
  private static final Topic AAPL = Topic.parse("minutes:AAPL").orElseThrow();

  private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
  private final List<Set<Topic>> unions = new ArrayList<>();
  private final DemandSets demand = new DemandSets(scheduler, unions::add);

  @Test
  void shouldUniteTheSetsAndTellChangesOnly() {
    demand.renew("a", Set.of(SPY));
    demand.renew("b", Set.of(SPY, AAPL));
    demand.renew("a", Set.of(SPY));
    demand.renew("b", Set.of());

    assertThat(unions).containsExactly(Set.of(SPY), Set.of(SPY, AAPL), Set.of(SPY));
    assertThat(demand.union()).containsExactly(SPY);
  }

  @Test
  void shouldKeepTheOrderOfImportance() {
    Topic qqq = Topic.parse("minutes:QQQ").orElseThrow();
    Topic iwm = Topic.parse("minutes:IWM").orElseThrow();
    demand.renew("a", new LinkedHashSet<>(List.of(SPY, qqq, iwm)));
    assertThat(demand.union()).containsExactly(SPY, qqq, iwm);
    demand.renew("b", new LinkedHashSet<>(List.of(AAPL, SPY)));
    assertThat(List.copyOf(demand.union()).subList(0, 2)).containsExactlyInAnyOrder(SPY, AAPL);
    assertThat(demand.union()).hasSize(4).last().isEqualTo(iwm);
  }

  @Test
  void shouldTellAnotherOrderOfTheSameTopics() {
    List<List<Topic>> told = new ArrayList<>();
    DemandSets ordered = new DemandSets(scheduler, union -> told.add(List.copyOf(union)));
    ordered.renew("a", new LinkedHashSet<>(List.of(SPY, AAPL)));
    ordered.renew("a", new LinkedHashSet<>(List.of(AAPL, SPY)));
    ordered.renew("a", new LinkedHashSet<>(List.of(AAPL, SPY)));

    assertThat(told).containsExactly(List.of(SPY, AAPL), List.of(AAPL, SPY));
  }

  @Test
  void shouldHoldWhatIsRenewedAndDropWhatIsNot() {
    demand.renew("b", Set.of(AAPL));
    for (int i = 0; i < 20; i++) {
      demand.renew("a", Set.of(SPY));
      scheduler.advance(Duration.ofSeconds(5));
    }

    assertThat(demand.union()).containsExactly(SPY);

    scheduler.advance(DemandSets.LEASE);
    assertThat(demand.union()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldKeepTheSetOfANodeThatLeftUntilItsSuccessorSpeaks() {
    demand.renew("a", Set.of(SPY));
    demand.renew("b", Set.of(AAPL));

    demand.members(List.of("b"));
    demand.members(List.of("b"));
    scheduler.advance(Duration.ofSeconds(2));
    demand.renew("b", new LinkedHashSet<>(List.of(SPY, AAPL)));
    scheduler.advance(DemandSets.GRACE);

    assertThat(unions).containsExactly(Set.of(SPY), Set.of(SPY, AAPL));
  }

  @Test
  void shouldDropTheSetOfANodeThatLeft() {
    demand.renew("a", Set.of(SPY));

    demand.members(List.of("b"));
    scheduler.advance(DemandSets.GRACE);

    assertThat(demand.union()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }
}
