package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SimulatorMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return SimulatorMain.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "simulator.colour=red | simulator.colour",
        "simulator.speed=fast | simulator.speed = 'fast'",
        "simulator.start=soon | simulator.start = 'soon'",
        "simulator.mode=replay | simulator.replay-path = ''",
        "simulator.replay-path=/does/not/exist | simulator.replay-path = '/does/not/exist'",
        "simulator.mode=off | simulator.mode = 'off'"
      })
  void shouldNameKeyAndValueInOneLine(String setting, String message) {
    assertThat(run("--set", setting)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).hasLineCount(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void shouldExplainItsSettings() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("simulator.seed (default 1;", "simulator.replay-path (default none;");
  }

  @Test
  void shouldRefuseUnknownArguments() {
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown argument '--fast'");
  }
}
