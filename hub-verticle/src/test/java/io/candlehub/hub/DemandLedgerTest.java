package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DemandLedgerTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
  private int changes;
  private final DemandLedger ledger =
      new DemandLedger(scheduler, Duration.ofSeconds(5), () -> changes++);

  @Test
  void shouldKeepTheUnionOfAllOwners() {
    ledger.set("a", Set.of("x", "y"), LEASE);
    ledger.set("b", Set.of("y"), LEASE);
    assertThat(ledger.wanted()).containsExactlyInAnyOrder("x", "y");
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void shouldReplaceAnOwnersSetAndLetDroppedTopicsLinger() {
    ledger.set("a", Set.of("x"), LEASE);
    ledger.set("a", Set.of("y"), LEASE);
    assertThat(ledger.wanted()).containsExactlyInAnyOrder("x", "y");
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(ledger.wanted()).containsExactly("y");
  }

  @Test
  void shouldEndALeaseThatIsNotRenewed() {
    ledger.set("a", Set.of("x"), LEASE);
    scheduler.advance(Duration.ofSeconds(10));
    ledger.set("a", Set.of("x"), LEASE);
    scheduler.advance(Duration.ofSeconds(14));
    assertThat(ledger.wanted()).containsExactly("x");
    scheduler.advance(Duration.ofSeconds(7));
    assertThat(ledger.wanted()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldForgetWhatANodeWantedWithinTenSecondsOfItsEnd() {
    ledger.set("a", "node-1", Set.of("x", "y"), LEASE);
    ledger.set("b", "node-2", Set.of("y"), LEASE);
    ledger.set("service", Set.of("z"), LEASE);
    scheduler.advance(Duration.ofMillis(3_500));
    ledger.left(Set.of("node-1"));
    assertThat(ledger.wanted()).containsExactlyInAnyOrder("x", "y", "z");
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(ledger.wanted()).containsExactlyInAnyOrder("y", "z");
    ledger.left(Set.of("node-2", "node-3"));
    scheduler.advance(Duration.ofSeconds(15));
    assertThat(ledger.wanted()).isEmpty();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldHoldTheDemandOfANodeThatComesBack() {
    ledger.set("a", "node-1", Set.of("x"), LEASE);
    ledger.left(Set.of("node-1"));
    scheduler.advance(Duration.ofSeconds(4));
    ledger.set("a", "node-1", Set.of("x"), LEASE);
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(ledger.wanted()).containsExactly("x");
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void shouldNotDropATopicWantedAgainWhileItLingers() {
    ledger.set("a", Set.of("x"), LEASE);
    ledger.set("a", Set.of(), LEASE);
    scheduler.advance(Duration.ofSeconds(3));
    ledger.set("b", Set.of("x"), LEASE);
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(ledger.wanted()).containsExactly("x");
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void shouldGiveUpWhatIsAboutOptionsAtOnce() {
    ledger.set(
        "a",
        Set.of("md.chain.SPY/2025-12-19", "md.quote.O:SPY251219C00650000", "md.quote.SPY"),
        LEASE);
    ledger.set("a", Set.of(), LEASE);
    assertThat(ledger.wanted()).containsExactly("md.quote.SPY");
  }
}
