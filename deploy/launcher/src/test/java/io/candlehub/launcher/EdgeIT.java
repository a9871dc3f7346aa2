package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The running program answers what is wrong with its documented refusals. */
@Timeout(120)
class EdgeIT {
  @TempDir
  static Path folder;

  private static HubProcess hub;

  @BeforeAll
  static void start() throws Exception {
    hub = HubProcess.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/market/aggs?ticker=NOSUCH&timeframe=1m, 404, UNKNOWN_INSTRUMENT, NOSUCH",
    "/api/market/historical/NOSUCH?timeframe=1m, 404, UNKNOWN_INSTRUMENT, NOSUCH",
    "/api/market/aggs?timeframe=1m, 400, INVALID_PARAMETER, ticker",
    "/api/market/aggs?ticker=SPY&timeframe=7m, 400, INVALID_PARAMETER, timeframe",
    "/api/market/aggs?ticker=SPY&multiplier=7&timespan=minute, 400, INVALID_PARAMETER, multiplier",
    "/api/market/aggs?ticker=SPY&timeframe=1m&from=yesterday, 400, INVALID_PARAMETER, from",
    "/api/market/aggs?ticker=SPY&timeframe=1m&limit=0, 400, INVALID_PARAMETER, limit",
    "/api/market/aggs?ticker=SPY&timeframe=1m&sessionMode=night, 400, INVALID_PARAMETER, sessionMode",
    "/api/market/aggs?ticker=SPY&timeframe=1m&adjusted=maybe, 400, INVALID_PARAMETER, adjusted",
    "/api/market/aggs?ticker=SPY&timeframe=1m&format=xml, 400, INVALID_PARAMETER, format"
  })
  void shouldNameWhatIsWrong(String path, int status, String code, String named) throws Exception {
    var answer = hub.get(path);
    JsonObject error = new JsonObject(answer.body()).getJsonObject("error");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("message")).contains(named);
    assertThat(error.getBoolean("retryable")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1"})
  void shouldRefuseForeignOrigins(String origin) throws Exception {
    assertThat(hub.get("/api/market/status", "Origin", origin).statusCode()).isEqualTo(403);
    assertThat(upgradeStatus("/socket.io/?EIO=4&transport=websocket", origin)).isEqualTo(403);
    assertThat(upgradeStatus("/eventbus/websocket", origin)).isEqualTo(403);
  }

  @Test
  void shouldAcceptItsOwnOrigin() throws Exception {
    assertThat(hub.get("/api/market/status", "Origin", hub.url()).statusCode()).isEqualTo(200);
    assertThat(upgradeStatus("/socket.io/?EIO=4&transport=websocket", hub.url()))
        .isEqualTo(101);
  }

  @Test
  void shouldRefuseTheExchangeToPages() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    var request = HttpRequest.newBuilder(URI.create(hub.exchangeUrl() + "/sim/clock"))
        .header("Origin", hub.url())
        .build();

    assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(403);
  }

  private static int upgradeStatus(String path, String origin) {
    return UpgradeStatus.of(HttpClient.newHttpClient(), hub.url() + path, origin);
  }
}
