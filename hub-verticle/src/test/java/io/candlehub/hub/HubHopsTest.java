package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class HubHopsTest {
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final HubHops hops = new HubHops(registry);

  private double millis(String name, String... tags) {
    return registry.get(name).tags(tags).timer().totalTime(TimeUnit.MILLISECONDS);
  }

  @Test
  void shouldTellTheHopsApart() {
    long begun = hops.nanos();
    clock.add(3, TimeUnit.MILLISECONDS);
    hops.frame(7, hops.nanos() - begun, 2_000_000);
    assertThat(millis("candlehub.hub.merge.delay")).isEqualTo(10);
    assertThat(millis("candlehub.hub.publish.delay")).isEqualTo(2);
  }

  @Test
  void shouldTellPlannedTakeOversFromOthers() {
    hops.takenOver(true, 1_000_000);
    hops.takenOver(false, 5_000_000);
    assertThat(millis("candlehub.hub.take.over", "kind", "planned")).isEqualTo(1);
    assertThat(millis("candlehub.hub.take.over", "kind", "unplanned")).isEqualTo(5);
  }

  @Test
  void shouldTellTheDemand() {
    hops.demand(12, 3);
    assertThat(registry.get("candlehub.hub.demand.topics").gauge().value()).isEqualTo(12);
    assertThat(registry.get("candlehub.hub.demand.owners").gauge().value()).isEqualTo(3);
  }
}
