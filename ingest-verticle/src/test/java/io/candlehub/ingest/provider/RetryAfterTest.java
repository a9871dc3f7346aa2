package io.candlehub.ingest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class RetryAfterTest {
  @Test
  void shouldReadRetryAfter() {
    Instant now = Instant.parse("2026-11-21T12:00:00Z");

    assertThat(RetryAfter.parse("5", "", now)).contains(Duration.ofSeconds(5));
    assertThat(RetryAfter.parse("0", "", now)).contains(Duration.ofSeconds(1));
    assertThat(RetryAfter.parse("999999", "", now)).contains(Duration.ofHours(1));
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 12:00:30 GMT", "", now))
        .contains(Duration.ofSeconds(30));
    assertThat(
            RetryAfter.parse("Sat, 21 Nov 2026 12:00:30 GMT", "Sat, 21 Nov 2026 12:00:20 GMT", now))
        .contains(Duration.ofSeconds(10));
    assertThat(RetryAfter.parse("", "", now)).isEmpty();
    assertThat(RetryAfter.parse("soon", "", now)).isEmpty();
    assertThat(RetryAfter.parse("-3", "", now)).isEmpty();
  }
}
