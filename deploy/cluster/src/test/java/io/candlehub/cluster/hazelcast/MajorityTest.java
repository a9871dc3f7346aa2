package io.candlehub.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MajorityTest {
  private static final long START = 5_000_000_000L;

  @Test
  void shouldNeverFenceAVoterThatIsItsOwnMajority() {
    assertThat(new Majority(1, true).isFenced(START)).isFalse();
    assertThat(new Majority(1, false).isFenced(START)).isTrue();
  }

  @Test
  void shouldBeFencedUntilEnoughAreHeardAndAgainWhenTheyFallSilent() {
    Majority majority = new Majority(2, true);
    assertThat(majority.isFenced(START)).isTrue();

    majority.members(true, Set.of("b", "c"));
    majority.heard("b", START);
    assertThat(majority.isFenced(START + Majority.FENCE_NANOS - 1)).isFalse();
    assertThat(majority.isFenced(START + Majority.FENCE_NANOS)).isTrue();

    majority.heard("c", START + 500);
    assertThat(majority.isFenced(START + Majority.FENCE_NANOS)).isFalse();
  }

  @Test
  void shouldCountTheLastNeededVoice() {
    Majority majority = new Majority(3, true);
    majority.members(true, Set.of("b", "c", "d", "e"));
    majority.heard("b", START + 900);
    majority.heard("c", START);
    majority.heard("d", START + 300);

    assertThat(majority.isFenced(START + 300 + Majority.FENCE_NANOS - 1)).isFalse();
    assertThat(majority.isFenced(START + 300 + Majority.FENCE_NANOS)).isTrue();
  }

  @Test
  void shouldNotCountWhoDoesNotVoteOrIsGone() {
    Majority majority = new Majority(2, true);
    majority.members(true, Set.of("b"));
    majority.heard("gateway", START);
    assertThat(majority.isFenced(START)).isTrue();

    majority.heard("b", START);
    majority.members(true, Set.of());
    assertThat(majority.isFenced(START)).isTrue();
    assertThat(majority.lastHeardNanos("b")).hasValue(START);
  }

  @Test
  void shouldBeFencedAtOnceWhenItIsNoMemberAnyMore() {
    Majority majority = new Majority(1, true);
    majority.members(false, Set.of());

    assertThat(majority.isFenced(START)).isTrue();
  }

  @Test
  void shouldNotGoBackWithALateAnswer() {
    Majority majority = new Majority(2, true);
    majority.members(true, Set.of("b"));
    majority.heard("b", START + 700);
    majority.heard("b", START);

    assertThat(majority.isFenced(START + Majority.FENCE_NANOS)).isFalse();
  }
}
