package io.candlehub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TlsConfigTest {
  @TempDir
  static Path folder;

  static Stream<Arguments> wrong() throws IOException {
    String text = Files.writeString(folder.resolve("text"), "no certificate").toString();
    String missing = folder.resolve("nowhere").toString();
    return Stream.of(
        Arguments.of("http.tls.key", Map.of("http.tls.cert", text)),
        Arguments.of("http.tls.cert", Map.of("http.tls.key", text)),
        Arguments.of("http.tls.cert", Map.of("http.tls.cert", missing, "http.tls.key", text)),
        Arguments.of("http.tls.cert", Map.of("http.tls.cert", text, "http.tls.key", text)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("wrong")
  void shouldNameTheSettingThatIsWrong(String key, Map<String, String> settings) {
    assertThatThrownBy(() -> GatewayConfig.from(settings))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(key);
  }

  @Test
  void shouldServePlainHttpByDefault() {
    assertThat(GatewayConfig.from(Map.of()).scheme()).isEqualTo("http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "on", "1.5"})
  void shouldRefuseManagementPortsThatAreNone(String port) {
    assertThatThrownBy(() -> GatewayConfig.from(Map.of("management.port", port)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("management.port");
  }

  @ParameterizedTest
  @CsvSource({"off, false", "0, true", "9090, true"})
  void shouldReadTheManagementPort(String port, boolean on) {
    assertThat(GatewayConfig.from(Map.of("management.port", port)).management().isOn())
        .isEqualTo(on);
  }
}
