package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The official clients in a Node process (see src/test/clients). */
final class NodeClient {
  static final Path FOLDER = Path.of("src", "test", "clients");

  private NodeClient() {}

  /** Skips the test where the clients are not installed. */
  static void assumeInstalled() {
    assumeTrue(
        Files.isDirectory(FOLDER.resolve("node_modules")),
        "skipped: the official clients need npm (deploy/test installs)");
  }

  /** Starts a client; its errors go to the test's. */
  static Process start(Map<String, String> environment, String script, List<String> arguments)
      throws IOException {
    assumeInstalled();
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(FOLDER.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Follows a chart and a quote for a while over one of the protocols and returns what was seen. */
  static JsonObject follow(
      String url, String protocol, String transports, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(environment, "follow.mjs", List.of(url, protocol, transports));
  }

  /** Runs a client that prints one line when it is done, and returns what that says. */
  static JsonObject run(Map<String, String> environment, String script, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(environment, script, arguments);
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new JsonObject(line);
  }

  /** Asserts that a client which followed a chart and a quote got both, on the transport that it was to end on. */
  static void assertServed(JsonObject seen, String transport) {
    String line = seen.encode();
    assertThat(seen.getString("transport")).as(line).isEqualTo(transport);
    assertThat(seen.getInteger("bars")).as(line).isGreaterThan(300);
    assertThat(seen.getInteger("quotes")).as(line).isPositive();
    assertThat(seen.getJsonArray("errors")).isEmpty();
  }
}
