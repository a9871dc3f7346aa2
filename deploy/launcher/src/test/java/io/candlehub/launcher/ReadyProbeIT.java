package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image's health check, run against the program. */
@Timeout(120)
class ReadyProbeIT {
  private static final String PROBE = Path.of("..", "docker", "ready").toString();

  @TempDir
  Path folder;

  @Test
  void shouldSucceedWhileTheNodeServes() throws Exception {
    String port = Integer.toString(FreePort.find());
    try (HubProcess hub = HubProcess.start(
        folder, Map.of("management.port", port, "http.allowed-hosts", "a.example"))) {
      String exchangePort = hub.exchangeUrl().replaceFirst(".*:", "");
      assertThat(exitCode(port)).isZero();
      assertThat(exitCode(port, "127.0.0.1", exchangePort, "/sim/clock")).isZero();
      assertThat(exitCode(port, "127.0.0.1", exchangePort, "/sim/nothing")).isNotZero();
      assertThat(hub.terminate()).isZero();
    }
    assertThat(exitCode(port)).isNotZero();
  }

  private static int exitCode(String port, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(PROBE).redirectErrorStream(true);
    command.command().addAll(List.of(arguments));
    command.environment().put("CANDLEHUB_MANAGEMENT_PORT", port);
    Process probe = command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(probe.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return probe.exitValue();
  }
}
