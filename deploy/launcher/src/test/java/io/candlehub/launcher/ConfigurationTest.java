package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.cluster.Role;
import io.candlehub.model.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir
  Path folder;

  @Test
  void shouldLetTheLaterSourceWin() throws IOException {
    Path file = Files.writeString(
        folder.resolve("c.yaml"), "http:\n  port: 1\n  host: 127.0.0.2\nlog.format: json\n");

    Map<String, String> values = Configuration.load(
            Optional.of(file),
            Map.of("CANDLEHUB_HTTP_PORT", "2", "CANDLEHUB_LOG_FORMAT", "text"),
            List.of("http.port=3"))
        .values();

    assertThat(values)
        .containsEntry("http.port", "3")
        .containsEntry("http.host", "127.0.0.2")
        .containsEntry("log.format", "text");
  }

  @Test
  void shouldReadEstablishedNamesAndLists() throws IOException {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "http.allowed-hosts: [a.example, b.example]\n");

    Map<String, String> values = Configuration.load(
            Optional.of(file), Map.of("MASSIVE_API_KEY", "k"), List.of())
        .values();

    assertThat(values)
        .containsEntry("massive.api-key", "k")
        .containsEntry("http.allowed-hosts", "a.example,b.example");
  }

  @Test
  void shouldRefuseUnknownKeyWithHint() {
    assertThatThrownBy(() -> Configuration.load(Optional.empty(), Map.of(), List.of("htp.port=1")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("htp.port")
        .hasMessageContaining("did you mean http.port?");
  }

  @Test
  void shouldMaskSecrets() {
    String shown = Configuration.load(
            Optional.empty(), Map.of("MASSIVE_API_KEY", "topsecret"), List.of())
        .describe();

    assertThat(shown).contains("massive.api-key = ***").doesNotContain("topsecret");
  }

  @Test
  void shouldNeedTheAddressOfRedisOnlyToUseIt() {
    String uri = "redis://hub:s3cret@127.0.0.1:6379/0";
    Configuration found = Configuration.load(Optional.empty(), Map.of("REDIS_URL", uri), List.of());

    assertThat(found.describe()).contains("redis.uri = ***").doesNotContain("s3cret");
    assertThat(NodeConfig.from(found.values()).fanout().isWanted()).isFalse();
    assertThat(NodeConfig.from(Map.of("fanout.mode", "redis", "redis.uri", uri))
            .fanout()
            .isWanted())
        .isTrue();
    assertThatThrownBy(() -> NodeConfig.from(Map.of("fanout.mode", "redis")))
        .hasMessageContaining("redis.uri");
  }

  @Test
  void shouldChooseTheMarketByCredentials() {
    assertThat(NodeConfig.from(Map.of()).simulator()).isPresent();
    assertThat(NodeConfig.from(Map.of("massive.api-key", "k")).simulator()).isEmpty();
    assertThat(NodeConfig.from(Map.of("massive.api-key", "k", "simulator.mode", "synthetic"))
            .simulator())
        .isPresent();
    assertThatThrownBy(() -> NodeConfig.from(Map.of("simulator.mode", "off")))
        .hasMessageContaining("massive.api-key");
  }

  private static Map<String, String> clustered(String roles) {
    return Map.of("cluster.mode", "hazelcast", "cluster.expected-hubs", "1", "roles", roles);
  }

  @Test
  void shouldAskOfEachRoleWhatItNeeds() {
    assertThat(NodeConfig.from(clustered("hub")).roles()).containsExactly(Role.HUB);
    assertThat(NodeConfig.from(clustered("hub")).simulator()).isEmpty();
    assertThatThrownBy(() -> NodeConfig.from(clustered("ingest,hub,gateway")))
        .hasMessageContaining("massive.api-key")
        .hasMessageContaining("simulator");
    assertThatThrownBy(() -> NodeConfig.from(clustered("hubs"))).hasMessageContaining("roles");
    assertThatThrownBy(() -> NodeConfig.from(Map.of("roles", "hub")))
        .hasMessageContaining("cluster.mode");
  }

  @Test
  void shouldRefuseWrongValues() {
    assertThatThrownBy(() -> NodeConfig.from(Map.of("http.port", "-1")))
        .hasMessageContaining("http.port");
    assertThatThrownBy(() -> NodeConfig.from(Map.of("cluster.host", "0.0.0.0")))
        .hasMessageContaining("cluster.host");
    assertThatThrownBy(() -> NodeConfig.from(Map.of("market.clock", "sundial")))
        .hasMessageContaining("market.clock");
    assertThatThrownBy(() -> NodeConfig.from(Map.of("simulator.admin", "false")))
        .hasMessageContaining("simulator.admin");
  }

  /** The page holds exactly the generated table; run with -Dcandlehub.docs.write to bring it up to date. */
  @Test
  void shouldDocumentEverySetting() throws IOException {
    Path file = Path.of("..", "..", "docs", "configuration.md");
    String page = Files.readString(file);
    int begin = page.indexOf("| key |");
    String head = page.substring(0, begin);
    if (Boolean.getBoolean("candlehub.docs.write")) {
      Files.writeString(file, head + ConfigurationPage.table());
    }

    assertThat(Files.readString(file)).isEqualTo(head + ConfigurationPage.table());
  }
}
