package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DemandLeaseTest {
  private static final Set<Topic> SPY = Set.of(Topic.parse("minutes:SPY").orElseThrow());

  private final ManualScheduler scheduler = new ManualScheduler(new ManualClock(0));
  private final List<Set<Topic>> demands = new ArrayList<>();
  private final DemandLease lease =
      new DemandLease(Duration.ofSeconds(30), scheduler, demands::add);

  @Test
  void shouldHoldWhatIsRenewed() {
    for (int i = 0; i < 20; i++) {
      lease.renew(SPY);
      scheduler.advance(Duration.ofSeconds(5));
    }

    assertThat(demands).hasSize(20).containsOnly(SPY);
  }

  @Test
  void shouldDropWhatIsNotRenewed() {
    lease.renew(SPY);
    scheduler.advance(Duration.ofSeconds(30));

    assertThat(demands).containsExactly(SPY, Set.of());
  }
}
