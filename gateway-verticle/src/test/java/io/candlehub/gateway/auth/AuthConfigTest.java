package io.candlehub.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.FailureException;
import io.candlehub.gateway.Tokens;
import io.candlehub.model.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class AuthConfigTest {
  private static final String HASH = Tokens.sha256("key one");

  @TempDir
  static Path folder;

  private static Authenticator keys(String text) {
    return AuthConfig.from(Map.of("auth.mode", "api-key", "auth.api-keys", text))
        .authenticator(InstantSource.system());
  }

  @Test
  void shouldNeedNobodyToIdentifyByDefault() {
    assertThat(AuthConfig.from(Map.of()).isNeeded()).isFalse();
  }

  @Test
  void shouldKnowKeysByTheirHash() {
    Authenticator authenticator = keys(
        "one:" + HASH + ", watch:" + Tokens.sha256("key two").toUpperCase(Locale.ROOT) + ":ops");
    assertThat(authenticator.identify("key one").id()).isEqualTo("one");
    assertThat(authenticator.identify("key one").isOps()).isFalse();
    assertThat(authenticator.identify("key two").id()).isEqualTo("watch");
    assertThat(authenticator.identify("key two").isOps()).isTrue();
    assertThat(authenticator.identify("key two").expires()).isFalse();
    for (String wrong : new String[] {"", "key", "key one ", HASH, "k".repeat(9_000)}) {
      assertThatThrownBy(() -> authenticator.identify(wrong))
          .isInstanceOf(FailureException.class)
          .hasMessage("the token is not valid");
    }
  }

  static Stream<Arguments> wrong() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no keys");
    Path none = Files.writeString(folder.resolve("none"), "{\"keys\":[]}");
    Path secret = Files.writeString(
        folder.resolve("oct"), "{\"keys\":[{\"kty\":\"oct\",\"k\":\"dG9wc2VjcmV0dG9wc2VjcmV0\"}]}");
    return Stream.of(
        Arguments.of("auth.mode", Map.of("auth.mode", "maybe")),
        Arguments.of("auth.jwt.secret", Map.of("auth.mode", "jwt")),
        Arguments.of("auth.jwt.secret", jwt("auth.jwt.secret", "topsecret")),
        Arguments.of(
            "auth.jwt.secret",
            Map.of(
                "auth.mode",
                "jwt",
                "auth.jwt.secret",
                Tokens.SECRET + "topsecret",
                "auth.jwt.jwks",
                none.toString())),
        Arguments.of(
            "auth.jwt.jwks", jwt("auth.jwt.jwks", folder.resolve("nowhere").toString())),
        Arguments.of("auth.jwt.jwks", jwt("auth.jwt.jwks", text.toString())),
        Arguments.of("auth.jwt.jwks", jwt("auth.jwt.jwks", none.toString())),
        Arguments.of("auth.jwt.jwks", jwt("auth.jwt.jwks", secret.toString())),
        Arguments.of("auth.api-keys", Map.of("auth.mode", "api-key")),
        Arguments.of("auth.api-keys", apiKeys("topsecret")),
        Arguments.of("auth.api-keys", apiKeys("id:topsecret")),
        Arguments.of("auth.api-keys", apiKeys("id:" + HASH + ":root")),
        Arguments.of("auth.api-keys", apiKeys("id:" + HASH + ",id:" + HASH)));
  }

  private static Map<String, String> jwt(String key, String value) {
    return Map.of("auth.mode", "jwt", key, value);
  }

  private static Map<String, String> apiKeys(String value) {
    return Map.of("auth.mode", "api-key", "auth.api-keys", value);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("wrong")
  void shouldNameTheSettingAndNoSecret(String key, Map<String, String> settings) {
    assertThatThrownBy(() -> AuthConfig.from(settings))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(key)
        .satisfies(refusal ->
            assertThat(refusal.getMessage()).doesNotContain("topsecret").doesNotContain(HASH));
  }
}
