package io.candlehub.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.hazelcast.LeaseAsk.Kind;
import io.candlehub.cluster.hazelcast.LeaseReply.Status;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LeaseRuleTest {
  private static final long TTL = 6_000;
  private static final LeaseRecord HELD = new LeaseRecord("a", "", 50, 3, TTL);

  @Test
  void shouldGrantAFreshLeaseWithTheClocksTerm() {
    LeaseRule.Outcome outcome = LeaseRule.apply(Optional.empty(), acquire("a", 0), view(2, 1_000));

    assertThat(outcome.status()).isEqualTo(Status.DONE);
    assertThat(outcome.after().holder()).isEqualTo("a");
    assertThat(outcome.after().term()).isEqualTo(1_000);
    assertThat(outcome.after().cutOff()).isEqualTo(LeaseRecord.UNKNOWN);
    assertThat(outcome.after().ttlMillis()).isEqualTo(TTL);
  }

  @Test
  void shouldRefuseWithoutMajority() {
    assertThat(status(acquire("b", 0), view(1, 9_000))).isEqualTo(Status.NO_MAJORITY);
    assertThat(status(ask(Kind.RENEW, "a", 50), view(1, 2_000))).isEqualTo(Status.NO_MAJORITY);
    assertThat(status(ask(Kind.HAND_OVER, "a", 50), view(1, 2_000))).isEqualTo(Status.DONE);
  }

  @Test
  void shouldLeaveALeaseToItsLivingHolder() {
    for (long now : List.of(0L, 1_000L, Long.MAX_VALUE)) {
      assertThat(status(acquire("b", 0), view(2, now, "a", "b"))).isEqualTo(Status.TAKEN);
    }
  }

  @Test
  void shouldGrantWhatWasSeenToRunOutUnlessItWasRenewedSince() {
    LeaseRule.View view = view(2, 1_000, "a", "b");

    assertThat(status(acquireRunOut("b", 50, 3), view)).isEqualTo(Status.DONE);
    assertThat(status(acquireRunOut("b", 50, 2), view)).isEqualTo(Status.TAKEN);
    assertThat(status(acquireRunOut("b", 49, 3), view)).isEqualTo(Status.TAKEN);
  }

  @Test
  void shouldNotFallBehindATermThatIsKnownAlthoughItsRecordIsLost() {
    LeaseRule.Outcome outcome =
        LeaseRule.apply(Optional.empty(), acquireRunOut("b", 90_000, 0), view(2, 1_000));

    assertThat(outcome.after().term()).isEqualTo(90_001);
  }

  @Test
  void shouldGrantWhenTheHolderIsGone() {
    LeaseRecord after = LeaseRule.apply(
            Optional.of(HELD), acquire("b", 0), view(2, 1_000, "b", "c"))
        .after();

    assertThat(after.holder()).isEqualTo("b");
    assertThat(after.cutOff()).isEqualTo("a");
    assertThat(after.term()).isGreaterThan(50);
  }

  @Test
  void shouldGrantOnceWhenAskedTwiceButAnewAfterALoss() {
    LeaseRule.View view = view(2, 2_000, "a", "b");

    assertThat(LeaseRule.apply(Optional.of(HELD), acquire("a", 0), view).after().term())
        .isEqualTo(50);
    assertThat(
            LeaseRule.apply(Optional.of(HELD), acquire("a", 50), view).after().term())
        .isEqualTo(2_000);
    LeaseRecord ahead = new LeaseRecord("a", "", 5_000, 0, TTL);
    assertThat(LeaseRule.apply(Optional.of(ahead), acquire("a", 5_000), view)
            .after()
            .term())
        .isEqualTo(5_001);
  }

  @Test
  void shouldRenewTheSameTermOnly() {
    LeaseRule.View view = view(2, 3_000, "a", "b");

    assertThat(LeaseRule.apply(Optional.of(HELD), ask(Kind.RENEW, "a", 50), view)
            .after()
            .renewals())
        .isEqualTo(4);
    assertThat(status(ask(Kind.RENEW, "a", 49), view)).isEqualTo(Status.TAKEN);
    assertThat(status(ask(Kind.RENEW, "b", 50), view)).isEqualTo(Status.TAKEN);
  }

  @Test
  void shouldRememberWhetherItWasHandedOver() {
    LeaseRule.View view = view(2, 3_000, "a", "b");
    LeaseRecord whole =
        LeaseRule.apply(Optional.of(HELD), ask(Kind.HAND_OVER, "a", 50), view).after();
    LeaseRecord torn =
        LeaseRule.apply(Optional.of(HELD), ask(Kind.ABANDON, "a", 50), view).after();

    assertThat(
            LeaseRule.apply(Optional.of(whole), acquire("b", 0), view).after().cutOff())
        .isEmpty();
    assertThat(LeaseRule.apply(Optional.of(torn), acquire("b", 0), view).after().cutOff())
        .isEqualTo("a");
  }

  @Test
  void shouldKeepTheLaterOfTwoHalves() {
    LeaseRecord higher = new LeaseRecord("b", "a", 60, 1, TTL);
    LeaseRecord released = new LeaseRecord("", "", 50, 3, 0);

    LeaseRecord renewed = HELD.renewed(TTL);

    assertThat(LeaseRule.merged(HELD, renewed)).isSameAs(renewed);
    assertThat(LeaseRule.merged(renewed, HELD)).isSameAs(renewed);
    assertThat(LeaseRule.merged(HELD, higher)).isSameAs(higher);
    assertThat(LeaseRule.merged(higher, HELD)).isSameAs(higher);
    assertThat(LeaseRule.merged(HELD, released)).isSameAs(released);
    assertThat(LeaseRule.merged(released, HELD)).isSameAs(released);
  }

  /** Whatever is asked in whatever order: no grant takes from a living holder, and no term is granted twice. */
  @Property(tries = 200)
  void shouldNeverGrantATermTwice(@ForAll Random random) {
    Optional<LeaseRecord> stored = Optional.empty();
    long highest = 0;
    long now = 1_000;
    for (int i = 0; i < 200; i++) {
      now += random.nextInt(10_000) - 5_000;
      String node = "" + (char) ('a' + random.nextInt(3));
      Kind kind = List.of(Kind.values()).get(random.nextInt(Kind.values().length));
      long term = stored.map(LeaseRecord::term).orElse(0L) - random.nextInt(2);
      String dead = "" + (char) ('a' + random.nextInt(5));
      LeaseRule.View view = new LeaseRule.View(random.nextInt(4), one -> !one.equals(dead), now);
      LeaseRecord before = stored.orElseGet(LeaseRecord::new);
      boolean seenRunOut = random.nextInt(4) == 0;
      LeaseAsk ask = new LeaseAsk(
          kind, node, term, 2, TTL, new LeaseAsk.Known(term, before.renewals(), seenRunOut));
      LeaseRule.Outcome outcome = LeaseRule.apply(stored, ask, view);

      assertThat(outcome.after().term()).isGreaterThanOrEqualTo(before.term());
      boolean granted = outcome.after().isHeld() && outcome.after().term() != before.term();
      if (granted) {
        assertThat(outcome.after().term()).isGreaterThan(highest);
        assertThat(view.voters()).isGreaterThanOrEqualTo(2);
        boolean living = before.isHeld() && !before.holder().equals(dead) && !ask.sawRunOut(before);
        assertThat(living && !before.holder().equals(node)).isFalse();
        highest = outcome.after().term();
      }
      boolean holderChanged = !outcome.after().holder().equals(before.holder());
      assertThat(holderChanged && outcome.after().isHeld() && !granted).isFalse();
      stored = Optional.of(outcome.after());
    }
  }

  private static Status status(LeaseAsk ask, LeaseRule.View view) {
    return LeaseRule.apply(Optional.of(HELD), ask, view).status();
  }

  private static LeaseAsk acquire(String nodeId, long voidTerm) {
    return ask(Kind.ACQUIRE, nodeId, voidTerm);
  }

  private static LeaseAsk ask(Kind kind, String nodeId, long term) {
    return new LeaseAsk(kind, nodeId, term, 2, TTL, LeaseAsk.Known.NOTHING);
  }

  private static LeaseAsk acquireRunOut(String nodeId, long term, long renewals) {
    return new LeaseAsk(Kind.ACQUIRE, nodeId, 0, 2, TTL, new LeaseAsk.Known(term, renewals, true));
  }

  private static LeaseRule.View view(int voters, long nowMillis, String... members) {
    return new LeaseRule.View(voters, List.of(members)::contains, nowMillis);
  }
}
