package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.demand.DemandReport;
import io.candlehub.demand.TopicChange;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private int reports;

  private void renew(String node, Collection<Topic> topics) {
    renew(demand, node, topics);
  }

  private void renew(DemandSets sets, String node, Collection<Topic> topics) {
    reports++;
    List<String> texts = topics.stream().map(Topic::toString).toList();
    TopicChange whole = new TopicChange(TopicChange.EMPTY, reports, texts, List.of());
    assertThat(sets.take(new DemandReport(
            "hub-" + node, node, reports, true, false, 0, Map.of(DemandReport.RANKED, whole))))
        .isTrue();
  }

  @Test
  void shouldUniteTheSetsAndTellChangesOnly() {
    renew("a", Set.of(SPY));
    renew("b", Set.of(SPY, AAPL));
    renew("a", Set.of(SPY));
    renew("b", Set.of());

    assertThat(unions).containsExactly(Set.of(SPY), Set.of(SPY, AAPL), Set.of(SPY));
    assertThat(demand.union()).containsExactly(SPY);
  }

  @Test
  void shouldKeepTheOrderOfImportance() {
    Topic qqq = Topic.parse("minutes:QQQ").orElseThrow();
    Topic iwm = Topic.parse("minutes:IWM").orElseThrow();
    renew("a", new LinkedHashSet<>(List.of(SPY, qqq, iwm)));
    assertThat(demand.union()).containsExactly(SPY, qqq, iwm);
    renew("b", new LinkedHashSet<>(List.of(AAPL, SPY)));
    assertThat(List.copyOf(demand.union()).subList(0, 2)).containsExactlyInAnyOrder(SPY, AAPL);
    assertThat(demand.union()).hasSize(4).last().isEqualTo(iwm);
  }

  @Test
  void shouldTellAnotherOrderOfTheSameTopics() {
    List<List<Topic>> told = new ArrayList<>();
    DemandSets ordered = new DemandSets(scheduler, union -> told.add(List.copyOf(union)));
    renew(ordered, "a", List.of(SPY, AAPL));
    renew(ordered, "a", List.of(AAPL, SPY));
    renew(ordered, "a", List.of(AAPL, SPY));

    assertThat(told).containsExactly(List.of(SPY, AAPL), List.of(AAPL, SPY));
  }

  @Test
  void shouldHoldWhatIsRenewedAndDropWhatIsNot() {
    renew("b", Set.of(AAPL));
    for (int i = 0; i < 20; i++) {
      renew("a", Set.of(SPY));
      scheduler.advance(Duration.ofSeconds(5));
    }

    assertThat(demand.union()).containsExactly(SPY);

    scheduler.advance(DemandSets.LEASE);
    assertThat(demand.union()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldKeepTheSetOfANodeThatLeftUntilItsSuccessorSpeaks() {
    renew("a", Set.of(SPY));
    renew("b", Set.of(AAPL));

    demand.members(List.of("b"));
    demand.members(List.of("b"));
    scheduler.advance(Duration.ofSeconds(2));
    renew("b", new LinkedHashSet<>(List.of(SPY, AAPL)));
    scheduler.advance(DemandSets.GRACE);

    assertThat(unions).containsExactly(Set.of(SPY), Set.of(SPY, AAPL));
  }

  @Test
  void shouldDropTheSetOfANodeThatLeft() {
    renew("a", Set.of(SPY));

    demand.members(List.of("b"));
    scheduler.advance(DemandSets.GRACE);

    assertThat(demand.union()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldPutAllElseBehindWhatIsRanked() {
    DemandReport report = new DemandReport(
        "hub-a",
        "a",
        1,
        true,
        false,
        0,
        Map.of(
            DemandReport.OTHERS,
            new TopicChange(TopicChange.EMPTY, 1, List.of("minutes:SPY"), List.of()),
            DemandReport.RANKED,
            new TopicChange(
                TopicChange.EMPTY, 2, List.of("quotes:O:SPY251219C00650000"), List.of())));

    assertThat(demand.take(report)).isTrue();

    assertThat(demand.union())
        .extracting(Topic::toString)
        .containsExactly("quotes:O:SPY251219C00650000", "minutes:SPY");
    assertThat(demand.whole("a")).get().extracting(DemandReport::sets).isEqualTo(report.sets());
    assertThat(demand.whole("b")).isEmpty();
  }

  @Test
  void shouldKeepWhatSomebodyElseStillWants() {
    for (String node : List.of("a", "b")) {
      tell(node, 1, TopicChange.EMPTY, List.of("minutes:SPY", "minutes:AAPL"), List.of());
    }
    tell("a", 2, 1, List.of(), List.of("minutes:SPY"));
    assertThat(demand.union()).containsExactly(SPY, AAPL);
    tell("b", 2, 1, List.of(), List.of("minutes:SPY"));
    assertThat(demand.union()).containsExactly(AAPL);
  }

  private void tell(String node, int number, long from, List<String> added, List<String> removed) {
    TopicChange change = new TopicChange(from, number, added, removed);
    assertThat(demand.take(new DemandReport(
            "hub-" + node,
            node,
            number,
            number == 1,
            false,
            0,
            Map.of(DemandReport.OTHERS, change))))
        .isTrue();
  }
}
