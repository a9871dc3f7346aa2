package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class BackoffTest {
  @Test
  void shouldDoubleUpToTheLongestWaitAndStartOver() {
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), () -> 0);

    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(3));
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void shouldLengthenByUpToHalf() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), () -> 0.999);

    assertThat(backoff.next()).isBetween(Duration.ofMillis(1_490), Duration.ofMillis(1_500));
  }

  @Test
  void shouldSurviveManyAttempts() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofDays(1), () -> 0);

    for (int i = 0; i < 200; i++) {
      assertThat(backoff.next()).isBetween(Duration.ofSeconds(1), Duration.ofDays(1));
    }
  }
}
