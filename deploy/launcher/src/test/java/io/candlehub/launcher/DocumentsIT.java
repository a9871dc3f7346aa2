package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.contract.Conversation;
import io.candlehub.contract.RestContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The running program, with its own hub and exchange, says nothing that the documents do not have. */
@Timeout(120)
class DocumentsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Map<String, String> QUERIES = Map.ofEntries(
      Map.entry("/api/market/aggs", "?ticker=SPY&timeframe=5m"),
      Map.entry("/api/market/symbols", "?query=SPY"),
      Map.entry("/api/market/watchlist", "?tickers=SPY,QQQ"),
      Map.entry("/api/market/indicators/SPY", "?name=sma&timeframe=5m"),
      Map.entry("/udf/symbols", "?symbol=SPY"),
      Map.entry("/udf/search", "?query=SPY"),
      Map.entry("/udf/history", "?symbol=SPY&resolution=5&to=4000000000&countback=10"),
      Map.entry("/udf/marks", "?symbol=SPY&resolution=5&from=0&to=4000000000"),
      Map.entry("/udf/timescale_marks", "?symbol=SPY&resolution=1D&from=0&to=4000000000"),
      Map.entry("/udf/quotes", "?symbols=SPY"));

  /** Nothing was selected yet, and order flow is not offered. */
  private static final Map<String, Integer> OTHERWISE =
      Map.of("/api/market/options/selection", 404, "/api/market/orderflow/SPY", 501);

  @TempDir
  static Path folder;

  private static HubProcess hub;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    hub = HubProcess.start(folder, Map.of());
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void shouldAnswerEveryDocumentedRoute() throws Exception {
    String date = new JsonObject(hub.get("/api/market/options/expirations/SPY").body())
        .getJsonArray("expirations")
        .getString(1);
    JsonArray strikes = new JsonObject(
            hub.get("/api/market/options/chain/SPY?expiration=" + date).body())
        .getJsonArray("expirations")
        .getJsonObject(0)
        .getJsonArray("strikes");
    String contract =
        strikes.getJsonObject(strikes.size() / 2).getJsonObject("call").getString("symbol");
    for (Map.Entry<String, Set<String>> operation : RestContract.operations().entrySet()) {
      if (operation.getValue().contains("GET")) {
        String path = operation
            .getKey()
            .replace("contracts/{symbol}", "contracts/" + contract)
            .replace("{contract}", contract)
            .replace("{symbol}", "SPY")
            .replace("{ticker}", "SPY")
            .replace("/sdk/{file}", "/sdk/candlehub.js")
            .replace("{file}", "openapi.yaml");
        String target = path + QUERIES.getOrDefault(path, "");
        int status = OTHERWISE.getOrDefault(path, 200);
        assertThat(hub.get(target).statusCode()).as(target).isEqualTo(status);
      }
    }
    assertThat(hub.get("/api/market/aggs?ticker=BRK.B&timeframe=1d&format=csv").statusCode())
        .isEqualTo(200);
  }

  /** Keeps what a connection got that is not as documented, and what it got. */
  private static final class Reader implements Pipe.Listener {
    private final Conversation conversation = new Conversation();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<AssertionError> faults = new CopyOnWriteArrayList<>();

    @Override
    public void received(String text) {
      try {
        conversation.received(text);
      } catch (AssertionError fault) {
        faults.add(fault);
      }
      texts.add(text);
    }

    void say(Pipe pipe, String text) {
      conversation.sent(text);
      pipe.send(text);
    }

    void awaitAll(String... beginnings) {
      for (String beginning : beginnings) {
        await(beginning)
            .atMost(PATIENCE)
            .until(() -> texts.stream().anyMatch(text -> text.startsWith(beginning)));
      }
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void shouldSendDocumentedEvents() throws Exception {
    Reader reader = new Reader();
    Pipe pipe =
        WebSocketPipe.open(http, hub.url() + "/socket.io/?EIO=4&transport=websocket", reader);
    reader.say(pipe, "40");
    reader.awaitAll("40{", "42[\"market:status\"");
    JsonObject minutes = new JsonObject().put("symbol", "SPY").put("timeframe", "1m");
    JsonObject symbols =
        new JsonObject().put("symbols", new JsonArray().add("SPY").add("NOSUCH"));
    emit(reader, pipe, 1, "chart:focus", minutes);
    emit(
        reader,
        pipe,
        2,
        "chart:focus",
        new JsonObject().put("symbol", "NOSUCH").put("timeframe", "5m").put("chartId", "b"));
    emit(reader, pipe, 3, "live:subscribe", symbols);
    emit(reader, pipe, 4, "chain:focus", new JsonObject());
    reader.awaitAll("431[", "432[", "433[", "434[");
    reader.awaitAll(
        "42[\"chart:snapshot\"",
        "42[\"chart:update\"",
        "42[\"chart:error\"",
        "42[\"live:quote\"",
        "42[\"live:error\"");
    emit(reader, pipe, 5, "live:unsubscribe", symbols);
    emit(reader, pipe, 6, "chart:unfocus", new JsonObject());
    reader.awaitAll("435[", "436[");
    pipe.cut();
  }

  private static void emit(Reader reader, Pipe pipe, int id, String event, JsonObject argument) {
    reader.say(pipe, "42" + id + new JsonArray().add(event).add(argument).encode());
  }

  @Test
  void shouldSendDocumentedFrames() throws Exception {
    Reader reader = new Reader();
    Pipe pipe = WebSocketPipe.open(http, hub.url() + "/eventbus/websocket", reader);
    frame(reader, pipe, "ping", "", "");
    List<String> addresses =
        List.of("md.chart.1m.SPY", "md.chart.5m:regular.SPY", "md.quote.SPY", "md.status");
    addresses.forEach(address -> frame(reader, pipe, "register", address, ""));
    frame(reader, pipe, "register", "md.alerts", "");
    frame(reader, pipe, "register", "md.quote.NOSUCH", "");
    frame(reader, pipe, "register", "ingest.history", "");
    frame(reader, pipe, "send", "md.command.chart", "reply-1");
    frame(reader, pipe, "send", "md.command.quote", "reply-2");
    frame(reader, pipe, "send", "md.command.status", "reply-3");
    for (String address : addresses) {
      reader.awaitAll("{\"type\":\"rec\",\"address\":\"" + address + "\"");
    }
    for (int i = 1; i <= 3; i++) {
      reader.awaitAll("{\"type\":\"rec\",\"address\":\"reply-" + i + "\"");
    }
    reader.awaitAll(
        "{\"type\":\"err\",\"body\":\"access_denied\"",
        "{\"type\":\"err\",\"address\":\"md.quote.NOSUCH\"");
    pipe.cut();
  }

  private static void frame(Reader reader, Pipe pipe, String type, String address, String reply) {
    JsonObject frame = new JsonObject().put("type", type);
    if (!address.isEmpty()) {
      frame.put("address", address);
    }
    if (!reply.isEmpty()) {
      frame
          .put("replyAddress", reply)
          .put("body", new JsonObject().put("symbol", "SPY").put("timeframe", "1m"));
    }
    reader.say(pipe, frame.encode());
  }
}
