package io.candlehub.ingest.provider.tradier;

import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads when the minute ends in which too many requests were sent ({@code X-Ratelimit-Expiry}, page "Rate limiting"). Its
 * unit is not documented, and examples show seconds and millis: the magnitude tells. The minute begins with its first
 * request, so no wait is longer, whatever our clock says.
 */
final class RateLimitHeaders {
  private static final String EXPIRY = "X-Ratelimit-Expiry";
  private static final long FIRST_MILLIS = 100_000_000_000L;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private RateLimitHeaders() {}

  /** Returns how long to be silent, or empty if the answer does not tell. */
  static Optional<Duration> silence(HttpClientResponse response, Instant now) {
    return silence(Optional.ofNullable(response.getHeader(EXPIRY)).orElse(""), now);
  }

  /** Returns how long to be silent. */
  static Optional<Duration> silence(String expiry, Instant now) {
    String text = expiry.strip();
    if (!text.matches("\\d{10,14}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(text);
    Instant end =
        number < FIRST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    Duration wait = Duration.between(now, end);
    if (wait.compareTo(SHORTEST) < 0) {
      return Optional.of(SHORTEST);
    }
    return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }
}
