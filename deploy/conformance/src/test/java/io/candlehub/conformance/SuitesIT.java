package io.candlehub.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suites in src/test/suites, each against a server of its own; prints how many of its tests passed. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class SuitesIT {
  private static final Path SUITES = Path.of("src", "test", "suites");
  private static final long PATIENCE_SECONDS = 120;

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({
    "engine, engine.mjs",
    "engine-client, engine-client.mjs",
    "socketio, socketio.mjs",
    "socketio-client, client.mjs"
  })
  void shouldPassSuite(String app, String suite) throws Exception {
    assumeTrue(
        Files.isDirectory(SUITES.resolve("node_modules")),
        "skipped: the suites need npm (deploy/test installs)");
    try (SuiteServer server = SuiteServer.start(app)) {
      Path log = folder.resolve("report.tap");
      ProcessBuilder command = new ProcessBuilder("node", "--test", "--test-reporter=tap", suite)
          .directory(new File(SUITES.toString()))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile());
      Map<String, String> environment = command.environment();
      environment.put("CONFORMANCE_URL", server.url());
      environment.put("PING_INTERVAL", Integer.toString(SuiteServer.PING_INTERVAL_MILLIS));
      environment.put("PING_TIMEOUT", Integer.toString(SuiteServer.PING_TIMEOUT_MILLIS));
      Process process = command.start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      String report = Files.readString(log);

      assertThat(ended).as(report).isTrue();
      System.out.println(app + ": " + totals(report));
      assertThat(process.exitValue()).as(report).isZero();
      assertThat(server.isAlive()).isTrue();
    }
  }

  /** Picks the lines with which the test runner ends. */
  private static String totals(String report) {
    return report
        .lines()
        .filter(line ->
            List.of("# tests", "# pass", "# fail", "# skipped").stream().anyMatch(line::startsWith))
        .map(line -> line.substring(2))
        .collect(Collectors.joining(", "));
  }
}
