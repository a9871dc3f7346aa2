package io.candlehub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ConformanceMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "'', --app",
    "--app nosuch, 'nosuch'",
    "--app socketio --port 70000, 70000",
    "--app socketio --port x, '--port'",
    "--app socketio --prt 1, --prt"
  })
  void shouldNameWhatIsWrongInOneLine(String arguments, String named) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
        .isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains(named);
  }

  @Test
  void shouldListItsApplications() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains(Suite.options());
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(run("--app", "socketio", "--port", port)).isEqualTo(1);
      assertThat(err.toString().lines()).hasSize(1).first().asString().contains(port);
    }
  }

  private int run(String... arguments) {
    return ConformanceMain.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
