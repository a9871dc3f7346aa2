package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Alert;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ViolationWatchTest {
  private final ManualClock clock = new ManualClock(1_000_000);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final List<Alert> alerts = new ArrayList<>();
  private long violations;
  private final ViolationWatch watch =
      new ViolationWatch("massive", () -> violations, clock, scheduler, alerts::add);

  private void pass(long fresh) {
    violations += fresh;
    scheduler.advance(Duration.ofSeconds(10));
  }

  @Test
  void shouldRaiseOneAlertPerBurst() {
    watch.start();
    pass(19);
    assertThat(alerts).isEmpty();
    pass(20);
    pass(500);
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).kind()).isEqualTo(Alert.Kind.VIOLATION_BURST);
    assertThat(alerts.get(0).subject()).isEqualTo("massive");
    pass(0);
    pass(25);
    assertThat(alerts).hasSize(2);
  }

  @Test
  void shouldBeSilentOnceStopped() {
    watch.start();
    watch.stop();
    pass(100);
    assertThat(alerts).isEmpty();
  }
}
