package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
  private static final Map<String, String> CLUSTERED = Map.of(
      "cluster.mode",
      "hazelcast",
      "cluster.expected-hubs",
      "1",
      "massive.api-key",
      "secret-1",
      "tradier.access-token",
      "secret-2");

  @Test
  void shouldTellWhichMarketItServes() {
    Map<String, String> massive = common("providers.order", "massive,tradier");

    assertThat(massive)
        .containsEntry("providers.order", "massive")
        .containsEntry("market.clock", "system")
        .containsEntry("fanout.mode", "eventbus");
    assertThat(common("providers.order", "massive")).isEqualTo(massive);
    assertThat(common("providers.order", "tradier,massive")).isNotEqualTo(massive);
    assertThat(common("market.clock", "http://127.0.0.1:9000")).isNotEqualTo(massive);
  }

  @Test
  void shouldServeTheSameMarketAsThoseWhoFollowTheSimulatorItRuns() {
    assertThat(common("simulator.mode", "synthetic"))
        .isEqualTo(common("market.clock", "http://127.0.0.1:9000"));
  }

  @Test
  void shouldTellNobodyItsSecrets() {
    assertThat(common("providers.order", "tradier").toString()).doesNotContain("secret");
  }

  private static Map<String, String> common(String key, String value) {
    Map<String, String> values = new HashMap<>(CLUSTERED);
    values.put(key, value);
    return NodeConfig.from(values).common();
  }
}
