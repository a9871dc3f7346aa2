package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.MarketStatus;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client makes of limits, refusals and errors. */
@Timeout(30)
class TradierFaultsTest extends TradierFixture {
  private static final String CLOCK = "/v1/markets/clock";

  @Test
  void shouldKeepSilentUntilTheMinuteIsOver() {
    long expiry = System.currentTimeMillis() + 20_000;
    server.answer(
        CLOCK,
        request -> request
            .response()
            .setStatusCode(429)
            .putHeader("X-Ratelimit-Allowed", "120")
            .putHeader("X-Ratelimit-Used", "120")
            .putHeader("X-Ratelimit-Available", "0")
            .putHeader("X-Ratelimit-Expiry", Long.toString(expiry))
            .end("Quota Violation"));

    FailureException first = failure(this::ask);
    FailureException second = failure(this::ask);

    assertThat(first.code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(first.retryAfterMillis()).isBetween(15_000L, 20_000L);
    assertThat(second.code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(server.asked(CLOCK)).as("silence").hasSize(1);

    server.answer(CLOCK, Payloads.text("clock.json"));
    nanosAhead.set(Duration.ofSeconds(21).toNanos());
    assertThat(run(this::ask).market()).isEqualTo("open");
    assertThat(requests("throttled")).isEqualTo(1);
  }

  @Test
  void shouldHonourTheUsualHeaderFirst() {
    server.answer(
        CLOCK,
        request -> request
            .response()
            .setStatusCode(429)
            .putHeader("Retry-After", "3")
            .putHeader("X-Ratelimit-Expiry", Long.toString(System.currentTimeMillis() + 50_000))
            .end("Quota Violation"));

    assertThat(failure(this::ask).retryAfterMillis()).isBetween(1L, 3_000L);
  }

  @Test
  void shouldWaitAWhileWhenNothingIsTold() {
    server.answer(CLOCK, 429, "Quota Violation");

    assertThat(failure(this::ask).retryAfterMillis()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "1764601200000,10",
    "1764601200,10",
    "1764601230000,40",
    "1764601500000,60",
    "1764601000,1",
    "17646012000000,60"
  })
  void shouldTellTheUnitOfTheExpiryByItsMagnitude(String expiry, long seconds) {
    Instant now = Instant.ofEpochSecond(1_764_601_190);

    assertThat(RateLimitHeaders.silence(expiry, now)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"''", "soon", "-1764601200", "176460120000000000"})
  void shouldIgnoreAnUnreadableExpiry(String expiry) {
    assertThat(RateLimitHeaders.silence(expiry, Instant.now())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"401,PROVIDER_ERROR", "403,NOT_ENTITLED", "500,PROVIDER_ERROR", "404,PROVIDER_ERROR"})
  void shouldTellRefusalsFromErrors(int status, Failure code) {
    server.answer(CLOCK, status, Payloads.text("fault.json"));

    FailureException failure = failure(this::ask);

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).doesNotContain("keymanagement");
  }

  @Test
  void shouldFailWithAWrongToken() {
    open(Map.of("tradier.access-token", "of-another-environment"));
    server.answer(CLOCK, Payloads.text("clock.json"));

    assertThat(failure(this::ask)).satisfies(refused -> {
      assertThat(refused.code()).isEqualTo(Failure.PROVIDER_ERROR);
      assertThat(refused).hasMessage("the provider refuses this program's credentials");
    });
    assertThat(requests("key-refused")).isEqualTo(1);
  }

  @Test
  void shouldNotWaitForEver() {
    open(Map.of("tradier.request-timeout", "0.2"));
    server.answer(CLOCK, request -> {});

    assertThat(failure(this::ask).code()).isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(requests("timeout")).isEqualTo(1);
  }

  @Test
  void shouldKeepWithinTheMinutesBudget() {
    open(Map.of("tradier.requests-per-minute", "5", "tradier.request-timeout", "0.3"));
    server.answer(CLOCK, Payloads.text("clock.json"));

    assertThat(run(this::ask).market()).isEqualTo("open");
    assertThat(run(this::ask).market()).isEqualTo("open");
    assertThat(failure(this::ask).code()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(server.asked(CLOCK)).as("three are kept for those who look").hasSize(2);
  }

  @Test
  void shouldAnswerNothingOnceClosed() {
    run(() -> provider.close());

    assertThat(failure(this::ask).code()).isEqualTo(Failure.UNAVAILABLE);
  }

  private Future<MarketStatus> ask() {
    return provider.marketStatus();
  }

  private double requests(String outcome) {
    return registry
        .get("candlehub.ingest.rest.requests")
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
