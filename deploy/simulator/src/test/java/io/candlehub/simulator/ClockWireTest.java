package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run is a stretch of market time that only goes forward; whoever follows the clock can tell one from the next. */
@Timeout(60)
class ClockWireTest {
  @Test
  void shouldKeepItsRunUntilItsTimeGoesBack() {
    try (Exchange exchange = Exchange.start()) {
      String run = run(exchange);
      assertThat(run).isNotEmpty();
      for (String change : new String[] {
        "{\"speed\":60}", "{\"paused\":true}", "{\"seekTo\":\"2025-12-04T11:00-05:00\"}"
      }) {
        exchange.post("/sim/clock", change);
        assertThat(run(exchange)).as(change).isEqualTo(run);
      }

      exchange.post("/sim/clock", "{\"seekTo\":\"2025-12-04T10:30-05:00\"}");
      assertThat(run(exchange)).isNotEqualTo(run);
    }
  }

  @Test
  void shouldBeginARunOfItsOwnWithEachStart() {
    try (Exchange first = Exchange.start();
        Exchange second = Exchange.start()) {
      assertThat(run(first)).isNotEqualTo(run(second));
    }
  }

  private static String run(Exchange exchange) {
    return exchange.json("/sim/clock").getString("run");
  }
}
