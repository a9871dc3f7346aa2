package io.candlehub.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class JwtAuthenticatorTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;

  private Authenticator hs256(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("auth.mode", "jwt");
    settings.put("auth.jwt.secret", Tokens.SECRET);
    return AuthConfig.from(settings).authenticator(clock);
  }

  private Authenticator rs256(Path folder) throws Exception {
    String keys = Tokens.writeKeySet(folder).toString();
    return AuthConfig.from(Map.of("auth.mode", "jwt", "auth.jwt.jwks", keys)).authenticator(clock);
  }

  private static Failure refusal(Authenticator authenticator, String token) {
    try {
      authenticator.identify(token);
    } catch (FailureException refusal) {
      return refusal.code();
    }
    throw new AssertionError("accepted: " + token);
  }

  @Test
  void shouldTakeSubjectRolesAndEnd() {
    JsonObject claims = Tokens.claims("ada", 60).put("roles", new JsonArray().add("ops"));
    Caller caller = hs256(Map.of()).identify(Tokens.hs256(claims));
    assertThat(caller.id()).isEqualTo("ada");
    assertThat(caller.isOps()).isTrue();
    assertThat(caller.expiresAt().getEpochSecond()).isEqualTo(claims.getLong("exp"));
  }

  @Test
  void shouldVerifyByThePublicKeyOfTheKeySet(@TempDir Path folder) throws Exception {
    Authenticator authenticator = rs256(folder);
    assertThat(authenticator.identify(Tokens.rs256(Tokens.claims("ada", 60))).id())
        .isEqualTo("ada");
    assertThat(refusal(authenticator, Tokens.rs256(Tokens.claims("ada", 60), Tokens.pair())))
        .isEqualTo(Failure.UNAUTHENTICATED);
    assertThat(refusal(authenticator, Tokens.rs256(Tokens.claims("ada", -60))))
        .isEqualTo(Failure.TOKEN_EXPIRED);
  }

  /** The public key is known to everybody: as a secret it must verify nothing. */
  @Test
  void shouldNotLetTheTokenChooseTheAlgorithm(@TempDir Path folder) throws Exception {
    JsonObject header = new JsonObject().put("alg", "HS256").put("kid", "one");
    String confused = Tokens.hs256(header, Tokens.claims("ada", 60), Tokens.publicKeyBytes());
    assertThat(refusal(rs256(folder), confused)).isEqualTo(Failure.UNAUTHENTICATED);
    assertThat(refusal(rs256(folder), Tokens.hs256(Tokens.claims("ada", 60))))
        .isEqualTo(Failure.UNAUTHENTICATED);
    assertThat(refusal(hs256(Map.of()), Tokens.rs256(Tokens.claims("ada", 60))))
        .isEqualTo(Failure.UNAUTHENTICATED);
  }

  static Stream<Arguments> wrong() {
    JsonObject good = Tokens.claims("ada", 60);
    byte[] secret = Tokens.SECRET.getBytes(StandardCharsets.UTF_8);
    JsonObject header = new JsonObject().put("alg", "HS256");
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("junk", "junk"),
        Arguments.of("junk in parts", "a.b.c"),
        Arguments.of("unsigned", Tokens.unsigned(good)),
        Arguments.of("another secret", Tokens.hs256(good, Tokens.SECRET + "x")),
        Arguments.of("no end", Tokens.hs256(new JsonObject().put("sub", "ada"))),
        Arguments.of("no subject", Tokens.hs256(without(good, "sub"))),
        Arguments.of("blank subject", Tokens.hs256(good.copy().put("sub", " "))),
        Arguments.of("long subject", Tokens.hs256(good.copy().put("sub", "a".repeat(257)))),
        Arguments.of("end as text", Tokens.hs256(good.copy().put("exp", "tomorrow"))),
        Arguments.of("roles as number", Tokens.hs256(good.copy().put("roles", 7))),
        Arguments.of("not yet", Tokens.hs256(good.copy().put("nbf", good.getLong("exp") - 10))),
        Arguments.of("too long", Tokens.hs256(good.copy().put("x", "y".repeat(9_000)))),
        Arguments.of(
            "another type", Tokens.hs256(header.copy().put("typ", "secevent+jwt"), good, secret)),
        Arguments.of("HS512", Tokens.hs256(new JsonObject().put("alg", "HS512"), good, secret)),
        Arguments.of(
            "unknown critical header",
            Tokens.hs256(
                header.copy().put("crit", new JsonArray().add("z")).put("z", 1), good, secret)));
  }

  private static JsonObject without(JsonObject claims, String name) {
    JsonObject rest = claims.copy();
    rest.remove(name);
    return rest;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void shouldRefuseWhatIsWrongWithoutTellingWhat(String name, String token) {
    assertThatThrownBy(() -> hs256(Map.of()).identify(token))
        .as(name)
        .isInstanceOf(FailureException.class)
        .hasMessage("the token is not valid");
  }

  @Test
  void shouldEndATokenExactlyAlsoOneItRemembers() {
    JsonObject claims = Tokens.claims("ada", 60);
    String token = Tokens.hs256(claims);
    Authenticator authenticator = hs256(Map.of());
    Instant end = Instant.ofEpochSecond(claims.getLong("exp"));
    now.set(end.minusMillis(1));
    assertThat(authenticator.identify(token).id()).isEqualTo("ada");
    now.set(end);
    assertThat(refusal(authenticator, token)).isEqualTo(Failure.TOKEN_EXPIRED);
    assertThat(refusal(hs256(Map.of()), token)).isEqualTo(Failure.TOKEN_EXPIRED);
    now.set(end.plusSeconds(3_600));
    assertThat(refusal(authenticator, token)).isEqualTo(Failure.TOKEN_EXPIRED);
  }

  @Test
  void shouldDemandIssuerAndAudience() {
    Authenticator authenticator =
        hs256(Map.of("auth.jwt.issuer", "https://id.example", "auth.jwt.audience", "candles"));
    JsonObject claims = Tokens.claims("ada", 60).put("iss", "https://id.example");
    assertThat(refusal(authenticator, Tokens.hs256(claims))).isEqualTo(Failure.UNAUTHENTICATED);
    assertThat(refusal(authenticator, Tokens.hs256(claims.copy().put("aud", "other"))))
        .isEqualTo(Failure.UNAUTHENTICATED);
    JsonArray audiences = new JsonArray().add("other").add("candles");
    assertThat(authenticator
            .identify(Tokens.hs256(claims.copy().put("aud", audiences)))
            .id())
        .isEqualTo("ada");
    claims.put("iss", "https://evil.example");
    assertThat(refusal(authenticator, Tokens.hs256(claims.copy().put("aud", "candles"))))
        .isEqualTo(Failure.UNAUTHENTICATED);
  }
}
