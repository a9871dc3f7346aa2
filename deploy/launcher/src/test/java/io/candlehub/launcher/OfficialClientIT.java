package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running program serves its streams to the official clients over every transport that they have in Node. */
@Timeout(180)
class OfficialClientIT {
  @TempDir
  static Path folder;

  private static HubProcess hub;

  @BeforeAll
  static void start() throws Exception {
    NodeClient.assumeInstalled();
    hub = HubProcess.start(folder, Map.of("simulator.speed", "10"));
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socketio | websocket | websocket",
        "socketio | polling | polling",
        "socketio | polling,websocket | websocket",
        "bridge | websocket | websocket",
        "bridge | xhr-streaming | xhr-streaming",
        "bridge | xhr-polling | xhr-polling",
        "bridge | eventsource | eventsource"
      })
  void shouldServeChartAndQuote(String protocol, String transports, String endsOn)
      throws Exception {
    JsonObject seen = NodeClient.follow(hub.url(), protocol, transports, Map.of());
    NodeClient.assertServed(seen, endsOn);
    assertThat(seen.getJsonObject("counters").getInteger("snapshots")).isEqualTo(1);
    assertThat(seen.getJsonObject("counters").getInteger("holes")).isZero();
    assertThat(seen.getJsonObject("counters").getInteger("duplicates")).isZero();
    assertThat(seen.getJsonObject("acks").encode()).contains("INVALID_PARAMETER");
  }
}
