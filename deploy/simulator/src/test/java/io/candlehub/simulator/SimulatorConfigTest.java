package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorConfigTest {
  @Test
  void shouldListenOnTheLoopbackUnlessAskedOtherwise() {
    SimulatorConfig config = SimulatorConfig.from(Map.of());

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.isOnLoopback()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, true",
    "::1, true",
    "localhost, true",
    "0.0.0.0, false",
    "172.30.0.10, false"
  })
  void shouldKnowWhatOtherMachinesReach(String host, boolean loopback) {
    assertThat(SimulatorConfig.from(Map.of("simulator.host", host)).isOnLoopback())
        .isEqualTo(loopback);
  }
}
