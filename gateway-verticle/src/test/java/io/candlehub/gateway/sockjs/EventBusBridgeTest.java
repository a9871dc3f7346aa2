package io.candlehub.gateway.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.bus.ChartJsonReader;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.ClientSeries;
import io.candlehub.gateway.FakeMarket;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
import io.candlehub.gateway.WireClient;
import io.candlehub.model.Alert;
import io.candlehub.model.Bar;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(40)
class EventBusBridgeTest {
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = new GatewayFixture();
    gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10), Charts.bar(1, 11));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject message(String type, String address) {
    return new JsonObject().put("type", type).put("address", address);
  }

  private static JsonObject command(String address, JsonObject body) {
    return message("send", address).put("body", body).put("replyAddress", "r1");
  }

  @Test
  void shouldSendTheSnapshotFirstThenUpdates() {
    WireClient client = gateway.bridge();
    client.send(message("register", "md.chart.1m.SPY"));
    JsonObject first = client.json();
    assertThat(first.getString("type")).isEqualTo("rec");
    assertThat(first.getString("address")).isEqualTo("md.chart.1m.SPY");
    assertThat(first.getJsonObject("body").getString("kind")).isEqualTo("snapshot");
    assertThat(client.isBinary()).isTrue();
    ClientSeries series = new ClientSeries();
    series.take(ChartJsonReader.read(first.getJsonObject("body").toBuffer()));
    gateway.hub().put(Charts.SPY, Charts.bar(1, 12));
    JsonObject second = client.json();
    assertThat(second.getJsonObject("body").getString("kind")).isEqualTo("update");
    series.take(ChartJsonReader.read(second.getJsonObject("body").toBuffer()));
    assertThat(series.bars()).isEqualTo(gateway.hub().series(Charts.SPY).bars());
    client.send(message("unregister", "md.chart.1m.SPY"));
    client.send(message("nothing", "here"));
    client.json();
    gateway.hub().put(Charts.SPY, Charts.bar(1, 13));
    client.send(message("nothing", "here"));
    assertThat(client.json().getString("body")).isEqualTo("invalid_type");
  }

  @Test
  void shouldDeliverQuotesAndStatus() {
    WireClient client = gateway.bridge();
    client.send(message("register", "md.quote.BRK.B"));
    assertThat(client.json().getJsonObject("body").getString("symbol")).isEqualTo("BRK.B");
    gateway.hub().quote("BRK.B", 7);
    assertThat(client.json().getJsonObject("body").getDouble("bid")).isEqualTo(7);
    client.send(message("register", "md.status"));
    assertThat(client.json().getJsonObject("body").getString("market")).isEqualTo("open");
  }

  @Test
  void shouldDeliverTradesAndFlow() {
    String call = FakeMarket.option("SPY", FakeMarket.DATES.get(0), 'C', 650);
    gateway.market().keepTrade("SPY", 1);
    WireClient client = gateway.bridge();
    client.send(message("register", "md.trades.SPY"));
    JsonObject first = client.json();
    assertThat(first.getString("address")).isEqualTo("md.trades.SPY");
    assertThat(first.getJsonObject("body").getJsonArray("trades")).hasSize(1);
    gateway.market().trade("SPY", 2);
    assertThat(client.json().getJsonObject("body").getJsonArray("trades")).hasSize(1);
    client.send(message("register", "md.flow"));
    client.send(message("nothing", "here"));
    client.json();
    gateway.market().flow(call);
    assertThat(client.json().getJsonObject("body").getString("contract")).isEqualTo(call);
    await().until(() -> gateway.hub().demand().contains("md.trades.SPY"));
  }

  @Test
  void shouldDeliverTheNearestExpirationOfAChain() {
    String near = FakeMarket.DATES.get(0);
    String call = FakeMarket.option("SPY", near, 'C', 650);
    WireClient client = gateway.bridge();
    client.send(message("register", "md.chain.SPY"));
    JsonObject first = client.json().getJsonObject("body");
    assertThat(first.getString("kind")).isEqualTo("snapshot");
    assertThat(first.getString("expiration")).isEqualTo(near);
    String far = FakeMarket.DATES.get(1);
    gateway.market().publish("SPY", far, List.of(), List.of(), List.of());
    gateway
        .market()
        .publish("SPY", near, List.of(FakeMarket.leg(call, 5, true)), List.of(call), List.of());
    JsonObject next = client.json().getJsonObject("body");
    assertThat(next.getString("kind")).isEqualTo("update");
    assertThat(next.getString("expiration")).isEqualTo(near);
    await().until(() -> gateway.hub().demand().contains("md.chain.SPY"));
    JsonObject wanted = new JsonObject().put("underlying", "SPY").put("expiration", far);
    client.send(command("md.command.chain", wanted));
    assertThat(client.json().getJsonObject("body").getJsonArray("expirations")).hasSize(1);
    client.send(command("md.command.chain", wanted.copy().put("strikeMin", "low")));
    assertThat(client.json().getString("message")).startsWith("INVALID_PARAMETER: strikeMin");
    client.send(command("md.command.chain", wanted.copy().put("strikes", 3)));
    assertThat(client.json().getString("message")).startsWith("INVALID_PARAMETER: strikes");
    client.send(message("register", "md.chain.NOSUCH"));
    assertThat(client.json().getString("body")).isEqualTo("registration_failure");
  }

  @Test
  void shouldDeliverAlerts() {
    WireClient client = gateway.bridge();
    client.send(message("register", "md.alerts"));
    client.send(message("register", "md.quote.SPY"));
    client.json();
    gateway
        .hub()
        .alert(new Alert(Alert.Kind.THROTTLED, "stocks", "requests are limited", 6, 6, 21));
    JsonObject alert = client.json();
    assertThat(alert.getString("address")).isEqualTo("md.alerts");
    assertThat(alert.getJsonObject("body").getString("kind")).isEqualTo("throttled");
    client.send(message("unregister", "md.alerts"));
    client.send(message("nothing", "here"));
    client.json();
    gateway.hub().alert(new Alert(Alert.Kind.THROTTLED, "stocks", "again", 7, 7, 22));
    client.send(message("nothing", "here"));
    assertThat(client.json().getString("body")).isEqualTo("invalid_type");
  }

  @Test
  void shouldAnswerCommands() {
    WireClient client = gateway.bridge();
    JsonObject spy = new JsonObject().put("symbol", "SPY").put("timeframe", "1m");
    client.send(command("md.command.chart", spy));
    JsonObject snapshot = client.json();
    assertThat(snapshot.getString("address")).isEqualTo("r1");
    JsonObject stream = snapshot.getJsonObject("body").getJsonObject("stream");
    gateway.hub().put(Charts.SPY, Charts.bar(4, 12));
    client.send(command("md.command.chart", spy.copy().put("since", stream)));
    JsonObject body = client.json().getJsonObject("body");
    assertThat(body.getJsonObject("stream").getString("epoch")).isEqualTo("e1");
    client.send(command("md.command.quote", spy));
    assertThat(client.json().getJsonObject("body").getInteger("bid")).isEqualTo(1);
    client.send(command("md.command.status", new JsonObject()));
    assertThat(client.json().getJsonObject("body").getString("market")).isEqualTo("open");
  }

  @Test
  void shouldAnswerWhatWasAskedBeforeTheRegistrationBegins() {
    StreamKey key = Charts.key("GLD", Timeframe.M1);
    gateway.hub().series(key).put(Charts.bar(0, 10));
    gateway.hub().holdCharts();
    try {
      WireClient other = gateway.bridge();
      other.send(message("register", "md.chart.1m.GLD"));
      await().until(() -> gateway.hub().heldCharts() == 1);
      WireClient client = gateway.bridge();
      JsonObject asked = new JsonObject().put("symbol", "GLD").put("timeframe", "1m");
      client.send(command("md.command.chart", asked));
      client.send(message("register", "md.chart.1m.GLD"));
      client.send(message("nothing", "here"));
      assertThat(client.json().getString("body")).isEqualTo("invalid_type");
      gateway.hub().releaseCharts();
      assertThat(client.json().getString("address")).isEqualTo("r1");
      JsonObject registered = client.json();
      assertThat(registered.getString("address")).isEqualTo("md.chart.1m.GLD");
      assertThat(registered.getJsonObject("body").getString("kind")).isEqualTo("snapshot");
      gateway.hub().put(key, Charts.bar(1, 12));
      assertThat(client.json().getJsonObject("body").getString("kind")).isEqualTo("update");
    } finally {
      gateway.hub().releaseCharts();
    }
  }

  @Test
  void shouldAnswerFailuresAtTheReplyAddress() {
    WireClient client = gateway.bridge();
    client.send(command(
        "md.command.chart", new JsonObject().put("symbol", "NOSUCH").put("timeframe", "1m")));
    JsonObject unknown = client.json();
    assertThat(unknown.getString("type")).isEqualTo("err");
    assertThat(unknown.getString("address")).isEqualTo("r1");
    assertThat(unknown.getInteger("failureCode")).isEqualTo(404);
    assertThat(unknown.getString("failureType")).isEqualTo("RECIPIENT_FAILURE");
    assertThat(unknown.getString("message")).startsWith("UNKNOWN_INSTRUMENT");
    client.send(command("md.command.chart", new JsonObject().put("symbol", "SPY")));
    assertThat(client.json().getString("message")).contains("timeframe");
    client.send(message("register", "md.chart.1m.NOSUCH"));
    JsonObject refused = client.json();
    assertThat(refused.getString("address")).isEqualTo("md.chart.1m.NOSUCH");
    assertThat(refused.getString("body")).isEqualTo("registration_failure");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | invalid_json",
        "[] | invalid_json",
        "7 | invalid_json",
        "{} | missing_type",
        "{\"type\":null} | missing_type",
        "{\"type\":7,\"address\":\"a\"} | invalid_type",
        "{\"type\":\"register\"} | missing_address",
        "{\"type\":\"send\",\"address\":7} | missing_address",
        "{\"type\":\"shout\",\"address\":\"a\"} | invalid_type",
        "{\"type\":\"register\",\"address\":\"md.chart.7m.SPY\"} | access_denied",
        "{\"type\":\"register\",\"address\":\"ingest.demand\"} | access_denied",
        "{\"type\":\"register\",\"address\":\"md.orderflow.1m.SPY\"} | access_denied",
        "{\"type\":\"unregister\",\"address\":\"hub.inbox\"} | access_denied",
        "{\"type\":\"send\",\"address\":\"ingest.history\",\"body\":{},\"replyAddress\":\"r\"} | access_denied",
        "{\"type\":\"send\",\"address\":\"md.command.demand\",\"body\":{}} | access_denied",
        "{\"type\":\"publish\",\"address\":\"md.chart.1m.SPY\",\"body\":{}} | access_denied",
        "{\"type\":\"publish\",\"address\":\"md.command.chart\",\"body\":{}} | access_denied",
        "{\"type\":\"send\",\"address\":\"md.command.chart\",\"replyAddress\":7} | invalid_reply_address",
        "{\"type\":\"send\",\"address\":\"md.command.chart\",\"replyAddress\":\"0123456789012345678901234567890123456\"} | invalid_reply_address",
      })
  void shouldNameWhatIsWrongWithAMessage(String text, String code) {
    WireClient client = gateway.bridge();
    client.send(text);
    assertThat(client.json()).isEqualTo(new JsonObject().put("type", "err").put("body", code));
  }

  @Test
  void shouldBoundAddressesRegistrationsAndMessages() {
    WireClient client = gateway.bridge();
    client.send(message("register", "md.chart.1m." + "x".repeat(200)));
    assertThat(client.json().getString("body")).isEqualTo("max_address_length_reached");
    client.send(message("register", "md.status"));
    client.json();
    client.send(message("register", "md.status"));
    assertThat(client.json().getString("body")).isEqualTo("address_already_registered");
    client.send("{\"type\":\"" + "x".repeat(70_000) + "\"}");
    assertThat(client.json().getString("body")).isEqualTo("message_too_large");
    for (int i = 1; i < 1_000; i++) {
      client.send(message("register", "md.quote.MUTE" + i));
    }
    client.send(message("register", "md.quote.SPY"));
    assertThat(client.json().getString("body")).isEqualTo("max_handlers_reached");
    client.send(command("md.command.status", new JsonObject()));
    assertThat(client.json().getString("body")).isEqualTo("max_handlers_reached");
    WireClient other = gateway.bridge();
    other.send("x".repeat(3_000_000));
    assertThat(other.closeCode()).isEqualTo(1009);
    client.send(message("unregister", "md.status"));
    client.send(message("register", "md.quote.SPY"));
    assertThat(client.json().getString("address")).isEqualTo("md.quote.SPY");
  }

  @Test
  void shouldServeFramedTransports() {
    WireClient framed =
        GatewayFixture.await(gateway.webSocket("/eventbus/123/abcdefgh/websocket", Map.of()));
    framed.expect("o");
    framed.send(new JsonArray().add(message("register", "md.status").encode()).encode());
    String frame = framed.expect("a[");
    assertThat(new JsonObject(new JsonArray(frame.substring(1)).getString(0)).getString("type"))
        .isEqualTo("rec");
    assertThat(framed.isBinary()).isFalse();
    Answer opened = gateway.send(
        HttpMethod.POST,
        "/eventbus/123/polling1/xhr",
        Map.of("Connection", "close"),
        Buffer.buffer());
    assertThat(opened.body().toString()).isEqualTo("o\n");
    Answer sent = gateway.send(
        HttpMethod.POST,
        "/eventbus/123/polling1/xhr_send",
        Map.of("Content-Type", "text/plain"),
        new JsonArray().add(message("register", "md.status").encode()).toBuffer());
    assertThat(sent.status()).isEqualTo(204);
    Answer polled = gateway.send(
        HttpMethod.POST,
        "/eventbus/123/polling1/xhr",
        Map.of("Connection", "close"),
        Buffer.buffer());
    assertThat(polled.body().toString()).startsWith("a[");
    assertThat(gateway.get("/eventbus/info").json().getBoolean("websocket")).isTrue();
    assertThat(gateway.get("/eventbus/1/s/jsonp?c=f").status()).isEqualTo(404);
    assertThat(gateway.get("/eventbus/1/s/htmlfile?c=f").status()).isEqualTo(404);
    assertThat(gateway.get("/eventbus/iframe.html").status()).isEqualTo(404);
  }

  @Test
  void shouldGiveAClientThatReadsAgainTheNewestState() {
    StreamKey key = Charts.key("QQQ", Timeframe.M1);
    gateway.hub().series(key).put(Charts.bar(0, 10));
    WireClient slow = gateway.bridge();
    WireClient healthy = gateway.bridge();
    ClientSeries series = new ClientSeries();
    for (WireClient client : new WireClient[] {slow, healthy}) {
      client.send(message("register", "md.chart.1m.QQQ"));
    }
    series.take(ChartJsonReader.read(slow.json().getJsonObject("body").toBuffer()));
    healthy.json();
    slow.pause();
    int updates = 200;
    for (int i = 0; i < updates; i++) {
      Bar[] bars = new Bar[500];
      for (int j = 0; j < bars.length; j++) {
        bars[j] = Charts.bar(j, 10 + i);
      }
      gateway.hub().put(key, bars);
      healthy.json();
    }
    slow.resume();
    while (series.seq() < gateway.hub().series(key).seq()) {
      series.take(ChartJsonReader.read(slow.json().getJsonObject("body").toBuffer()));
    }
    assertThat(series.bars()).isEqualTo(gateway.hub().series(key).bars());
    assertThat(series.messages()).isLessThan(updates);
  }
}
