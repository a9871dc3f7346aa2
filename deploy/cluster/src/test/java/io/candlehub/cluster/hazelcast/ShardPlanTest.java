package io.candlehub.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.Member;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.Shards;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardPlanTest {
  private static final List<Member> HUBS = List.of(hub("a", true), hub("b", true));

  private final ShardPlan plan = new ShardPlan("a");

  @Test
  void shouldTakeWhatIsFreeAndItsOwnAtOnceAndTheRestASecondLater() {
    List<ShardPlan.Step> own = plan.steps(HUBS, shard -> Optional.empty(), 0);
    assertThat(own).allMatch(ShardPlan.Step::isAcquire);
    assertThat(own)
        .allMatch(step -> Shards.preference(step.shard(), HUBS).get(0).equals("a"));
    assertThat(own).hasSizeBetween(10, 54);

    assertThat(plan.steps(HUBS, shard -> Optional.empty(), 999_999_999L)).hasSameSizeAs(own);
    assertThat(plan.steps(HUBS, shard -> Optional.empty(), 1_000_000_000L)).hasSize(Shards.COUNT);
  }

  @Test
  void shouldAskTheOwnerForWhatItShouldHave() {
    List<ShardPlan.Step> steps = plan.steps(HUBS, shard -> Optional.of("b"), 0);

    assertThat(steps).isNotEmpty().allMatch(step -> step.owner().equals("b"));
    assertThat(steps)
        .allMatch(step -> Shards.preference(step.shard(), HUBS).get(0).equals("a"));
  }

  @Test
  void shouldNotAskWhoLeaves() {
    List<Member> leaving = List.of(hub("a", true), hub("b", false));

    assertThat(plan.steps(leaving, shard -> Optional.of("b"), 0)).isEmpty();
  }

  @Test
  void shouldTakeNothingWhileItIsNotAvailable() {
    List<Member> members = List.of(hub("a", false), hub("b", true));

    assertThat(plan.steps(members, shard -> Optional.empty(), 10_000_000_000L)).isEmpty();
  }

  private static Member hub(String nodeId, boolean available) {
    return new Member(nodeId, Set.of(Role.HUB), available);
  }
}
