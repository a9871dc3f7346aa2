package io.candlehub.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlRoutesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, POST, /sim/faults, true",
    "::1, GET, /sim/stats, true",
    "172.30.0.11, GET, /sim/clock, true",
    "172.30.0.11, POST, /sim/clock, false",
    "172.30.0.11, GET, /sim/truth, false",
    "172.30.0.11, POST, /sim/faults, false",
    "fd00::11, DELETE, /sim/faults, false"
  })
  void shouldLetOtherMachinesReadTheClockOnly(
      String host, String method, String path, boolean allowed) {
    assertThat(ControlRoutes.isAllowed(host, method, path)).isEqualTo(allowed);
  }
}
