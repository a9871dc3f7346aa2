package io.candlehub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.gateway.access.AccessRules.Refusal;
import io.candlehub.model.SettingException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class AccessRulesTest {
  private static Optional<Refusal> judge(AccessRules rules, String host, String origin) {
    return rules.refusal(
        host.isEmpty() ? List.of() : List.of(host), origin.isEmpty() ? List.of() : List.of(origin));
  }

  private static AccessRules own() {
    return AccessRules.of("127.0.0.1", 8080, List.of(), List.of("https://chart.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, ''",
    "localhost:8080, ''",
    "LOCALHOST:8080, ''",
    "[::1]:8080, ''",
    "localhost:8080, http://localhost:8080",
    "localhost:8080, https://chart.example",
    "localhost:8080, HTTPS://Chart.Example:443",
  })
  void shouldLetOwnNamesAndOriginsIn(String host, String origin) {
    assertThat(judge(own(), host, origin)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example:8080, '', HOST",
    "localhost, '', HOST",
    "localhost:8081, '', HOST",
    "'', '', HOST",
    "localhost:8080.evil.example, '', HOST",
    "'localhost:8080, localhost:8080', '', HOST",
    "localhost:8080, http://evil.example, ORIGIN",
    "localhost:8080, http://localhost:9999, ORIGIN",
    "localhost:8080, http://localhost, ORIGIN",
    "localhost:8080, http://127.0.0.1:8080, ORIGIN",
    "localhost:8080, null, ORIGIN",
    "localhost:8080, file://, ORIGIN",
    "localhost:8080, http://chart.example, ORIGIN",
    "localhost:8080, https://chart.example.evil.example, ORIGIN",
  })
  void shouldKeepOthersOut(String host, String origin, Refusal refusal) {
    assertThat(judge(own(), host, origin)).contains(refusal);
  }

  @Test
  void shouldRefuseSeveralHostsOrOrigins() {
    assertThat(own().refusal(List.of("localhost:8080", "localhost:8080"), List.of()))
        .contains(Refusal.HOST);
    assertThat(own()
            .refusal(
                List.of("localhost:8080"),
                List.of("http://localhost:8080", "http://localhost:8080")))
        .contains(Refusal.ORIGIN);
  }

  @Test
  void shouldTakeAnyPortWhereTheSettingNamesNone() {
    AccessRules rules =
        AccessRules.of("127.0.0.1", 8080, List.of("hub.example", "other.example:81"), List.of());
    assertThat(judge(rules, "hub.example", "https://hub.example")).isEmpty();
    assertThat(judge(rules, "hub.example:9443", "https://hub.example:9443")).isEmpty();
    assertThat(judge(rules, "other.example:81", "")).isEmpty();
    assertThat(judge(rules, "other.example", "")).contains(Refusal.HOST);
    assertThat(judge(rules, "localhost:8080", "")).contains(Refusal.HOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "chart.example", "ftp://chart.example", "https://", "https://a/b", "null"})
  void shouldRefuseAnAllowedOriginThatIsNone(String entry) {
    assertThatThrownBy(() -> AccessRules.of("127.0.0.1", 1, List.of(), List.of(entry)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("http.allowed-origins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://hub.example", "hub.example:99999", "a b", "*"})
  void shouldRefuseAnAllowedHostThatIsNone(String entry) {
    assertThatThrownBy(() -> AccessRules.of("127.0.0.1", 1, List.of(entry), List.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("http.allowed-hosts");
  }
}
