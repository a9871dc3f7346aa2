package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.TopicChange;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DemandLedgerTest {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final String X = "md.quote.X";
  private static final String Y = "md.quote.Y";
  private static final String Z = "md.chart.1m.Z";

  private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
  private int changes;
  private final DemandLedger ledger =
      new DemandLedger(scheduler, Duration.ofSeconds(5), this::changed, new PublicationLog(1));

  private void changed(Set<Instrument> instruments) {
    assertThat(instruments).isNotEmpty();
    changes++;
  }

  private Set<String> wanted() {
    Set<String> topics = new TreeSet<>();
    for (Instrument instrument : ledger.instruments()) {
      Wanted wanted = ledger.wanted(instrument);
      wanted.charts().forEach(key -> topics.add(Addresses.chart(key)));
      wanted.chains().forEach(focus -> topics.add(Addresses.chainFocus(focus)));
      if (wanted.quotes() && wanted.chains().isEmpty()) {
        topics.add(Addresses.quote(instrument));
      }
      if (wanted.trades()) {
        topics.add(Addresses.trades(instrument));
      }
    }
    assertThat(topics).hasSize(ledger.topics());
    return topics;
  }

  private boolean tell(String owner, int number, TopicChange change) {
    return ledger.tell(
        owner,
        new DemandReport(
            owner, "node-" + owner, number, number == 1, false, 0, Map.of("0", change)),
        Duration.ofSeconds(10));
  }

  @Test
  void shouldKeepTheUnionOfAllOwners() {
    ledger.set("a", Set.of(X, Y), LEASE);
    ledger.set("b", Set.of(Y), LEASE);
    assertThat(wanted()).containsExactlyInAnyOrder(X, Y);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void shouldReplaceAnOwnersSetAndLetDroppedTopicsLinger() {
    ledger.set("a", Set.of(X), LEASE);
    ledger.set("a", Set.of(Y), LEASE);
    assertThat(wanted()).containsExactlyInAnyOrder(X, Y);
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(wanted()).containsExactly(Y);
  }

  @Test
  void shouldEndALeaseThatIsNotRenewed() {
    ledger.set("a", Set.of(X), LEASE);
    scheduler.advance(Duration.ofSeconds(10));
    ledger.set("a", Set.of(X), LEASE);
    scheduler.advance(Duration.ofSeconds(14));
    assertThat(wanted()).containsExactly(X);
    scheduler.advance(Duration.ofSeconds(7));
    assertThat(wanted()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldForgetWhatANodeWantedWithinTenSecondsOfItsEnd() {
    ledger.set("a", "node-1", Set.of(X, Y), LEASE);
    ledger.set("b", "node-2", Set.of(Y), LEASE);
    ledger.set("service", Set.of(Z), LEASE);
    scheduler.advance(Duration.ofMillis(3_500));
    ledger.left(Set.of("node-1"));
    assertThat(wanted()).containsExactlyInAnyOrder(X, Y, Z);
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(wanted()).containsExactlyInAnyOrder(Y, Z);
    ledger.left(Set.of("node-2", "node-3"));
    scheduler.advance(Duration.ofSeconds(15));
    assertThat(wanted()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldHoldTheDemandOfANodeThatComesBack() {
    ledger.set("a", "node-1", Set.of(X), LEASE);
    ledger.left(Set.of("node-1"));
    scheduler.advance(Duration.ofSeconds(4));
    ledger.set("a", "node-1", Set.of(X), LEASE);
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(wanted()).containsExactly(X);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void shouldNotDropATopicWantedAgainWhileItLingers() {
    ledger.set("a", Set.of(X), LEASE);
    ledger.set("a", Set.of(), LEASE);
    scheduler.advance(Duration.ofSeconds(3));
    ledger.set("b", Set.of(X), LEASE);
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(wanted()).containsExactly(X);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void shouldGiveUpWhatIsAboutOptionsAtOnce() {
    ledger.set(
        "a",
        Set.of("md.chain.SPY/2025-12-19", "md.quote.O:SPY251219C00650000", "md.quote.SPY"),
        LEASE);
    ledger.set("a", Set.of(), LEASE);
    assertThat(wanted()).containsExactly("md.quote.SPY");
  }

  @Test
  void shouldTakeChangesOfASetAndAskForAllIfItMissedSome() {
    assertThat(tell("a", 1, new TopicChange(0, 2, List.of(X, Y), List.of()))).isTrue();
    assertThat(tell("a", 2, new TopicChange(2, 3, List.of(Z), List.of()))).isTrue();
    assertThat(wanted()).containsExactlyInAnyOrder(X, Y, Z);
    assertThat(tell("a", 3, new TopicChange(4, 5, List.of(), List.of(X)))).isFalse();
    assertThat(tell("b", 2, new TopicChange(3, 3, List.of(), List.of()))).isFalse();
    assertThat(wanted()).containsExactlyInAnyOrder(X, Y, Z);
    assertThat(ledger.due("a", 0))
        .hasValueSatisfying(due -> assertThat(due.moving()).hasSize(3));
    assertThat(ledger.due("b", 0)).isEmpty();
  }

  @Test
  void shouldForgetAGatewayThatRenewsNothingWithinTenSeconds() {
    tell("a", 1, new TopicChange(0, 2, List.of(X, Y), List.of()));
    tell("b", 1, new TopicChange(0, 1, List.of(Y), List.of()));
    scheduler.advance(Duration.ofSeconds(5));
    tell("b", 2, new TopicChange(1, 1, List.of(), List.of()));
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(wanted()).containsExactly(Y);
    assertThat(ledger.owners()).isEqualTo(1);
  }

  @Test
  void shouldTellOnlyOfWhatSomethingElseIsWanted() {
    tell("a", 1, new TopicChange(0, 2, List.of(X, Y), List.of()));
    tell("b", 1, new TopicChange(0, 2, List.of(X, Y), List.of()));
    tell("a", 2, new TopicChange(2, 3, List.of(), List.of(X)));
    tell("a", 3, new TopicChange(3, 4, List.of(X), List.of()));
    assertThat(changes).isEqualTo(1);
  }
}
