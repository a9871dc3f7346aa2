package io.candlehub.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.Tokens;
import io.candlehub.gateway.access.TrustedProxies;
import io.candlehub.gateway.access.VisitorLimits;
import io.candlehub.gateway.access.Visitors;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionCallerTest {
  private final ManualClock clock = new ManualClock(Instant.now().getEpochSecond() * 1_000);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final Visitors visitors =
      new Visitors(new VisitorLimits(2, 10), TrustedProxies.NONE, () -> clock.millis() * 1_000_000);
  private final AtomicInteger ends = new AtomicInteger();
  private final Authentication authentication =
      authentication(Map.of("auth.mode", "jwt", "auth.jwt.secret", Tokens.SECRET));
  private final SessionCaller session = authentication.session(ends::incrementAndGet);

  private Authentication authentication(Map<String, String> settings) {
    return new Authentication(
        AuthConfig.from(settings), visitors, scheduler, () -> Instant.ofEpochMilli(clock.millis()));
  }

  private String token(String subject, long seconds) {
    return Tokens.hs256(Tokens.claims(subject, 0).put("exp", clock.millis() / 1_000 + seconds));
  }

  private static void refused(Failure code, ThrowingCallable task) {
    assertThatThrownBy(task)
        .isInstanceOfSatisfying(
            FailureException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void shouldEndWithItsTokenToTheMillisecond() {
    session.present(token("ada", 7_200));
    scheduler.advance(Duration.ofHours(2).minusMillis(1));
    assertThat(ends).hasValue(0);
    assertThatCode(session::require).doesNotThrowAnyException();
    scheduler.advance(Duration.ofMillis(1));
    assertThat(ends).hasValue(1);
    refused(Failure.TOKEN_EXPIRED, session::require);
  }

  @Test
  void shouldGoOnWithALaterTokenOfTheSameCaller() {
    session.present(token("ada", 60));
    scheduler.advance(Duration.ofSeconds(50));
    session.present(token("ada", 60));
    scheduler.advance(Duration.ofSeconds(59));
    assertThat(ends).hasValue(0);
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(ends).hasValue(1);
  }

  @Test
  void shouldStayItsFirstCallers() {
    session.present(token("ada", 60));
    refused(Failure.FORBIDDEN, () -> session.present(token("bob", 60)));
    refused(Failure.UNAUTHENTICATED, () -> session.present("junk"));
    refused(Failure.UNAUTHENTICATED, () -> session.present(7));
    assertThatCode(session::require).doesNotThrowAnyException();
  }

  @Test
  void shouldNeedACaller() {
    assertThat(session.isKnown()).isFalse();
    refused(Failure.UNAUTHENTICATED, session::require);
    refused(Failure.UNAUTHENTICATED, () -> session.present(null));
    refused(Failure.TOKEN_EXPIRED, () -> session.present(token("ada", -1)));
    assertThat(session.isKnown()).isFalse();
  }

  @Test
  void shouldLimitTheSessionsOfACallerNotOfAnother() {
    SessionCaller second = authentication.session(() -> {});
    SessionCaller third = authentication.session(() -> {});
    session.present(token("ada", 60));
    second.present(token("ada", 60));
    refused(Failure.LIMIT_EXCEEDED, () -> third.present(token("ada", 60)));
    refused(Failure.LIMIT_EXCEEDED, () -> authentication.admit(token("ada", 60)));
    assertThatCode(() -> authentication.admit(token("bob", 60))).doesNotThrowAnyException();
    second.close();
    second.close();
    third.present(token("ada", 60));
    third.close();
    session.close();
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldAskNothingOfAnybodyInModeNone() {
    Authentication open = authentication(Map.of());
    SessionCaller anyone = open.session(ends::incrementAndGet);
    assertThatCode(() -> {
          open.admit(null);
          anyone.present("junk");
          anyone.require();
        })
        .doesNotThrowAnyException();
    assertThat(anyone.isKnown()).isTrue();
    assertThat(scheduler.pending()).isZero();
  }
}
