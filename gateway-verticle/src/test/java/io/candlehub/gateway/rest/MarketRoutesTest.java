package io.candlehub.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.gateway.FakeMarket;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.GatewayFixture.Answer;
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

@Timeout(30)
class MarketRoutesTest {
  private static final String SELECTION = "/api/market/options/selection";
  private static final String CONTRACT = "O:SPY251219C00650000";
  private static final String COOKIE = "candlehub_caller=";
  private static GatewayFixture gateway;

  @BeforeAll
  static void start() {
    gateway = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject last(String command) {
    List<JsonObject> asked = gateway.market().asked(command);
    JsonObject question = asked.get(asked.size() - 1).copy();
    question.remove("command");
    return question;
  }

  @Test
  void shouldPassTheChainOnWithItsBounds() {
    Answer answer = gateway.get("/api/market/options/chain/SPY?expiration=2025-12-19&strikeMin=640"
        + "&strikeMax=660.5&minVolume=10&maxSpreadPercent=5");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getJsonArray("expirations")).hasSize(1);
    assertThat(last(Addresses.COMMAND_CHAIN))
        .isEqualTo(new JsonObject()
            .put("underlying", "SPY")
            .put("expiration", "2025-12-19")
            .put("strikeMin", 640.0)
            .put("strikeMax", 660.5)
            .put("minVolume", 10.0)
            .put("maxSpreadPercent", 5.0));
    assertThat(gateway.get("/api/market/options/chain/I%3ASPX").json().getJsonArray("expirations"))
        .hasSize(2);
    assertThat(
            gateway.get("/api/market/options/expirations/SPY").json().getJsonArray("expirations"))
        .isEqualTo(new JsonArray(FakeMarket.DATES));
  }

  @ParameterizedTest
  @CsvSource({"O:SPY251219C00650000", "O%3ASPY251219C00650000"})
  void shouldAnswerForOneContract(String inPath) {
    Answer answer = gateway.get("/api/market/options/contracts/" + inPath);
    assertThat(answer.json().getString("symbol")).isEqualTo(CONTRACT);
    assertThat(answer.json().getJsonObject("terms").getString("underlying")).isEqualTo("SPY");
    Answer quote = gateway.get("/api/market/quotes/" + inPath);
    assertThat(quote.json().getString("contract")).isEqualTo(CONTRACT);
    assertThat(quote.json().containsKey("symbol")).isFalse();
    gateway.market().keepTrade(CONTRACT, 2.5);
    JsonObject trades = gateway.get("/api/market/trades/" + inPath + "?limit=1").json();
    assertThat(trades.getJsonArray("trades")).hasSize(1);
    assertThat(trades.containsKey("position")).isFalse();
    assertThat(last(Addresses.COMMAND_TRADES).getInteger("limit")).isEqualTo(1);
    assertThat(gateway.get("/api/market/book/" + inPath).json().getString("depth"))
        .isEqualTo("nbbo");
  }

  @Test
  void shouldAnswerForWatchlistsAndIndices() {
    JsonArray cards =
        gateway.get("/api/market/watchlist?tickers=SPY,NOSUCH,SPY").json().getJsonArray("cards");
    assertThat(cards).hasSize(2);
    assertThat(cards.getJsonObject(1).getJsonObject("error").getString("code"))
        .isEqualTo("NO_DATA");
    gateway.get("/api/market/indices");
    assertThat(last(Addresses.COMMAND_INDICES).getJsonArray("tickers"))
        .containsExactly("I:SPX", "I:NDX", "I:VIX");
    gateway.get("/api/market/indices?tickers=VIX,I:VIX,I:SPX");
    assertThat(last(Addresses.COMMAND_INDICES).getJsonArray("tickers"))
        .containsExactly("I:VIX", "I:SPX");
  }

  @Test
  void shouldAskForIndicators() {
    gateway.get("/api/market/indicators/SPY?name=macd&timeframe=5m&window=12,26,9&limit=7");
    assertThat(last(Addresses.COMMAND_INDICATORS))
        .isEqualTo(new JsonObject()
            .put("symbol", "SPY")
            .put("name", "macd")
            .put("timeframe", "5m")
            .put("limit", 7)
            .put("window", new JsonArray().add(12).add(26).add(9)));
    gateway.get("/api/market/indicators/SPY?name=rsi");
    assertThat(last(Addresses.COMMAND_INDICATORS).getString("timeframe")).isEqualTo("1d");
    assertThat(last(Addresses.COMMAND_INDICATORS).containsKey("window")).isFalse();
    assertThat(last(Addresses.COMMAND_INDICATORS).containsKey("check")).isFalse();
    gateway.get("/api/market/indicators/SPY?name=rsi&check=true");
    assertThat(last(Addresses.COMMAND_INDICATORS).getBoolean("check")).isTrue();
    assertThat(gateway.get("/api/market/indicators/SPY?name=rsi&check=maybe").status())
        .isEqualTo(400);
  }

  @Test
  void shouldSayThatOrderFlowIsNotOffered() {
    Answer answer = gateway.get("/api/market/orderflow/F:ES?timeframe=5m");
    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.errorCode()).isEqualTo("UNSUPPORTED");
    assertThat(gateway.get("/api/market/orderflow/SPY?timeframe=7m").errorCode())
        .isEqualTo("INVALID_PARAMETER");
  }

  private static Answer select(String caller, String body) {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Cookie", COOKIE + caller);
    return gateway.send(HttpMethod.POST, SELECTION, headers, Buffer.buffer(body));
  }

  private static Answer selection(String caller) {
    return gateway.send(
        HttpMethod.GET, SELECTION, Map.of("Cookie", COOKIE + caller), Buffer.buffer());
  }

  @Test
  void shouldKeepEachCallersSelection() {
    String ada = "A".repeat(22);
    String bob = "B".repeat(22);
    assertThat(selection(ada).errorCode()).isEqualTo("NO_DATA");
    String chosen =
        "{\"underlying\":\"SPY\",\"expiration\":\"2025-12-19\",\"contract\":\"" + CONTRACT + "\"}";
    assertThat(select(ada, chosen).status()).isEqualTo(200);
    assertThat(selection(ada).json()).isEqualTo(new JsonObject(chosen));
    assertThat(select(ada, "{\"underlying\":\"SPY\",\"contract\":\"" + CONTRACT + "\"}")
            .json())
        .as("the expiration is the contract's")
        .isEqualTo(new JsonObject(chosen));
    assertThat(selection(bob).status()).isEqualTo(404);
    assertThat(select(bob, "{\"underlying\":\"QQQ\"}").json())
        .isEqualTo(new JsonObject().put("underlying", "QQQ"));
    assertThat(selection(ada).json().getString("underlying")).isEqualTo("SPY");
    assertThat(gateway.market().callers()).contains(ada, bob);
    Answer refused = gateway.send(HttpMethod.PUT, SELECTION, Map.of(), Buffer.buffer());
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.headers().get("Allow")).isEqualTo("GET, HEAD, POST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | body",
        "'' | body",
        "{} | underlying",
        "{\"underlying\":\"O:SPY251219C00650000\"} | underlying",
        "{\"underlying\":\"SPY\",\"expiration\":\"2025-13-01\"} | expiration",
        "{\"underlying\":\"SPY\",\"expiration\":7} | expiration",
        "{\"underlying\":\"QQQ\",\"contract\":\"O:SPY251219C00650000\"} | contract",
        "{\"underlying\":\"SPY\",\"contract\":\"SPY\"} | contract",
        "{\"underlying\":\"SPY\",\"contract\":\"\"} | contract",
        "{\"underlying\":\"QQQ\",\"expiration\":\"2025-12-19\",\"contract\":\"O:SPY251219C00650000\"} | contract",
        "{\"underlying\":\"SPY\",\"expiration\":\"2025-12-20\",\"contract\":\"O:SPY251219C00650000\"} | contract",
        "{\"underlying\":\"SPY\",\"colour\":\"red\"} | colour",
      })
  void shouldRefuseSelectionsThatAreNone(String body, String name) {
    Answer answer = select("C".repeat(22), body);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER");
    assertThat(answer.errorMessage()).startsWith(name + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "options/expirations/O:SPY251219C00650000, ticker",
    "options/expirations/SPY?date=1, date",
    "options/chain/SPY?expiration=2025-1-1, expiration",
    "options/chain/SPY?expiration=2025-02-30, expiration",
    "options/chain/SPY?strikeMin=-1, strikeMin",
    "options/chain/SPY?strikeMin=NaN, strikeMin",
    "options/chain/SPY?strikeMin=1e3, strikeMin",
    "options/chain/SPY?strikeMin=2&strikeMax=1, strikeMin",
    "options/chain/SPY?strike=1, strike",
    "options/chain/SPY?minVolume=1&minVolume=2, minVolume",
    "options/contracts/SPY, symbol",
    "options/contracts/O:SPY, symbol",
    "options/selection?caller=bob, caller",
    "quotes/A%20B, contract",
    "trades/SPY?limit=0, limit",
    "trades/SPY?limit=1001, limit",
    "book/SPY?depth=5, depth",
    "watchlist, tickers",
    "'watchlist?tickers=SPY,', tickers",
    "indices?tickers=O:SPY251219C00650000, tickers",
    "indicators/SPY, name",
    "indicators/SPY?name=magic, name",
    "indicators/SPY?name=sma&timeframe=2m, timeframe",
    "indicators/SPY?name=sma&window=0, window",
    "'indicators/SPY?name=macd&window=1,2,3,4', window",
  })
  void shouldNameTheParameterThatIsWrong(String path, String name) {
    Answer answer = gateway.get("/api/market/" + path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER");
    assertThat(answer.errorMessage()).startsWith(name + " ");
  }

  @Test
  void shouldRefuseTooManyTickers() {
    StringBuilder tickers = new StringBuilder("T0");
    for (int i = 1; i <= 100; i++) {
      tickers.append(",T").append(i);
    }
    assertThat(gateway.get("/api/market/watchlist?tickers=" + tickers).errorCode())
        .isEqualTo("INVALID_PARAMETER");
    assertThat(gateway.get("/api/market/options/chain/NOSUCH").errorCode())
        .isEqualTo("UNKNOWN_INSTRUMENT");
  }
}
