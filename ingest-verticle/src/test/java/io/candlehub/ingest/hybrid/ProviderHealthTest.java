package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.model.ManualClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class ProviderHealthTest {
  private final ManualClock clock = new ManualClock(1_000);
  private final ProviderHealth health =
      new ProviderHealth("first", () -> clock.millis() * 1_000_000);

  private void fail(Failure code) {
    health.asked().failed(code.because("no"));
  }

  private void failThrice() {
    for (int i = 0; i < 3; i++) {
      fail(Failure.PROVIDER_ERROR);
    }
  }

  @Test
  void shouldBecomeUnhealthyAfterThreeErrorsInARow() {
    fail(Failure.PROVIDER_ERROR);
    fail(Failure.INTERNAL);
    health.asked().answered();
    fail(Failure.PROVIDER_ERROR);
    fail(Failure.PROVIDER_ERROR);
    assertThat(health.isHealthy()).isTrue();

    fail(Failure.INTERNAL);
    assertThat(health.isHealthy()).isFalse();
    assertThat(health.errorsInARow()).isEqualTo(3);
    assertThat(health.lastError()).contains(Failure.INTERNAL);
    clock.advance(200);
    assertThat(health.lastErrorMillisAgo()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"UNKNOWN_INSTRUMENT", "CONTRACT_NOT_FOUND", "NO_DATA"})
  void shouldTakeForAnAnswerThatThereIsNoSuchThing(Failure code) {
    failThrice();
    fail(code);

    assertThat(health.isHealthy()).isTrue();
    assertThat(health.errorsInARow()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN_INSTRUMENT", "CONTRACT_NOT_FOUND", "NO_DATA", "PROVIDER_ERROR", "INTERNAL"})
  void shouldLearnNothingFromARefusal(Failure code) {
    fail(Failure.PROVIDER_ERROR);
    fail(code);
    assertThat(health.errorsInARow()).isEqualTo(1);
    fail(Failure.PROVIDER_ERROR);
    fail(Failure.PROVIDER_ERROR);
    clock.advance(5_000);
    fail(code);

    assertThat(health.isHealthy()).isFalse();
    assertThat(health.mayAsk()).as("the next question is the probe").isTrue();
    assertThat(health.times().millisOf(0.5)).isNaN();
  }

  @Test
  void shouldLearnNothingFromWhatWasNeverAnswered() {
    fail(Failure.PROVIDER_ERROR);
    fail(Failure.UNAVAILABLE);
    fail(Failure.RATE_LIMITED);

    assertThat(health.errorsInARow()).isEqualTo(1);
  }

  @Test
  void shouldBeBusyAsLongAsTheProviderAsksForPatience() {
    health.asked().failed(Failure.RATE_LIMITED.because("slow down", 5_000));

    assertThat(health.isHealthy()).isTrue();
    assertThat(health.busyMillis()).isEqualTo(5_000);
    clock.advance(6_000);
    assertThat(health.busyMillis()).isZero();
  }

  @Test
  void shouldProbeOnceAfterEachLongerPause() {
    failThrice();
    long[] pauses = {5_000, 10_000, 20_000, 40_000, 60_000, 60_000};
    for (long pause : pauses) {
      clock.advance(pause - 1);
      assertThat(health.mayAsk()).isFalse();
      clock.advance(1);
      assertThat(health.mayAsk()).isTrue();
      ProviderHealth.Attempt probe = health.asked();
      assertThat(health.mayAsk()).isFalse();
      probe.failed(Failure.PROVIDER_ERROR.because("no"));
    }
    clock.advance(60_000);
    health.asked().answered();
    assertThat(health.mayAsk()).isTrue();
    failThrice();
    clock.advance(5_000);
    assertThat(health.mayAsk()).isTrue();
  }

  @Test
  void shouldLetTheNextProbeGoWhenOneWasCalledOff() {
    failThrice();
    clock.advance(5_000);
    health.asked().failed(Failure.UNAVAILABLE.because("called off"));

    assertThat(health.isHealthy()).isFalse();
    assertThat(health.mayAsk()).isTrue();
  }

  @Test
  void shouldTellHowLongAnswersTake() {
    assertThat(health.times().millisOf(0.5)).isNaN();
    for (int i = 1; i <= 100; i++) {
      ProviderHealth.Attempt attempt = health.asked();
      clock.advance(i);
      attempt.answered();
    }
    assertThat(health.times().millisOf(0.5)).isEqualTo(50);
    assertThat(health.times().millisOf(0.95)).isEqualTo(95);
    for (int i = 0; i < 128; i++) {
      health.asked().answered();
    }
    assertThat(health.times().millisOf(0.95)).isZero();
  }
}
