package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IndicatorValuesJson;
import io.candlehub.model.Bar;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Origin;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cards, indices and indicators of a hub on a real bus. */
@Timeout(30)
class HubSnapshotTest {
  private static final Instrument SPX = Instrument.of("I:SPX");

  @TempDir
  private Path dataDir;

  private HubRig rig;
  private MarketAnswers market;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T11:01:30", dataDir);
    market = new MarketAnswers(rig.vertx);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private JsonObject ask(String command, JsonObject question) {
    return rig.<Buffer>request(command, question).body().toJsonObject();
  }

  private static JsonObject tickers(String... tickers) {
    return new JsonObject().put("tickers", new JsonArray(List.of(tickers)));
  }

  private static JsonObject error(JsonObject card) {
    return card.getJsonObject("error");
  }

  private void assertFailure(String command, JsonObject question, Failure code) {
    assertThatThrownBy(() -> ask(command, question))
        .satisfies(cause -> assertThat(FailureException.of(cause).code()).isEqualTo(code));
  }

  @Test
  void shouldAnswerWithACardForEachTicker() {
    market.say(HubRig.SPY, 153, 153.02, 153, rig.clock.millis() - 1_000, "massive", "");
    JsonObject answer = ask(Addresses.COMMAND_SNAPSHOTS, tickers("SPY", "NOTHING", "SPY"));
    JsonArray cards = answer.getJsonArray("cards");
    assertThat(cards).hasSize(2);
    JsonObject spy = cards.getJsonObject(0);
    assertThat(spy.getDouble("last")).isEqualTo(153);
    assertThat(spy.getDouble("change")).isEqualTo(3);
    assertThat(spy.getDouble("changePercent")).isEqualTo(2);
    assertThat(spy.getDouble("previousClose")).isEqualTo(150);
    assertThat(spy.getJsonObject("quality").getInteger("confidence")).isEqualTo(100);
    assertThat(spy.containsKey("reasons")).isFalse();
    assertThat(cards.getJsonObject(1).getString("symbol")).isEqualTo("NOTHING");
    assertThat(cards.getJsonObject(1).getJsonObject("error").getString("code"))
        .isEqualTo("NO_DATA");
    assertThat(rig.demanded).isEmpty();
  }

  @Test
  void shouldSayWhyValuesOfACardAreMissing() {
    double none = Double.NaN;
    market.say(HubRig.SPY, none, 153.02, none, rig.clock.millis(), "massive", "");
    market.snapshots.put(
        SPX.symbol(),
        new MarketSnapshot(
            SPX,
            "",
            none,
            none,
            none,
            none,
            153,
            none,
            none,
            none,
            155,
            148,
            150,
            rig.clock.millis(),
            rig.clock.millis(),
            rig.clock.millis(),
            "tradier",
            "",
            Set.of("bid", "volume", "open")));
    JsonArray cards =
        ask(Addresses.COMMAND_SNAPSHOTS, tickers("SPY", "I:SPX")).getJsonArray("cards");
    JsonObject spy = cards.getJsonObject(0);
    assertThat(spy.containsKey("bidSize")).isFalse();
    assertThat(spy.getJsonObject("reasons").getMap())
        .isEqualTo(Map.of(
            "bid", "one-sided",
            "bidSize", "one-sided",
            "last", "no-trade",
            "change", "no-trade",
            "changePercent", "no-trade"));
    assertThat(cards.getJsonObject(1).getJsonObject("reasons").getMap())
        .isEqualTo(Map.of("open", "unsupported"));
    JsonObject index =
        ask(Addresses.COMMAND_INDICES, tickers("I:SPX")).getJsonArray("indices").getJsonObject(0);
    assertThat(index.getJsonObject("reasons").getMap()).isEqualTo(Map.of("open", "unsupported"));
  }

  @Test
  void shouldSayOfATickerThatItDoesNotExist() {
    JsonArray cards =
        ask(Addresses.COMMAND_SNAPSHOTS, tickers("NOPE", "NOTHING")).getJsonArray("cards");
    assertThat(error(cards.getJsonObject(0)).getString("code")).isEqualTo("UNKNOWN_INSTRUMENT");
    assertThat(error(cards.getJsonObject(1)).getString("code")).isEqualTo("NO_DATA");
  }

  @Test
  void shouldAskOfFewTickersAtATimeWhetherTheyExist() {
    String[] unknown = new String[12];
    Arrays.setAll(unknown, i -> "NOPE." + (char) ('A' + i));
    for (int known : List.of(5, 10, 12)) {
      JsonArray cards = ask(Addresses.COMMAND_SNAPSHOTS, tickers(unknown)).getJsonArray("cards");
      assertThat(cards.stream()
              .map(card -> error((JsonObject) card).getString("code"))
              .filter("UNKNOWN_INSTRUMENT"::equals))
          .hasSize(known);
    }
  }

  @Test
  void shouldGiveEachTickerItsErrorIfNobodyCanBeAsked() {
    market.say(HubRig.SPY, 153, 153.02, 153, rig.clock.millis() - 1_000, "massive", "");
    ask(Addresses.COMMAND_SNAPSHOTS, tickers("SPY"));
    market.failure = Optional.of(Failure.ALL_PROVIDERS_FAILED.because("down", 3_000));
    rig.advance(Duration.ofSeconds(20), false);
    JsonArray cards = ask(Addresses.COMMAND_SNAPSHOTS, tickers("SPY", "QQQ")).getJsonArray("cards");
    JsonObject spy = cards.getJsonObject(0);
    assertThat(spy.getDouble("last")).isEqualTo(153);
    assertThat(spy.getJsonObject("quality").getBoolean("isStale")).isTrue();
    assertThat(error(spy).getString("code")).isEqualTo("ALL_PROVIDERS_FAILED");
    assertThat(error(spy).getLong("retryAfterMs")).isEqualTo(3_000);
    assertThat(cards.getJsonObject(1).fieldNames()).containsExactly("symbol", "error");
    assertThat(error(cards.getJsonObject(1)).getString("code")).isEqualTo("ALL_PROVIDERS_FAILED");
  }

  @Test
  void shouldRefuseWhatIsNoListOfTickers() {
    assertFailure(Addresses.COMMAND_SNAPSHOTS, tickers(), Failure.INVALID_PARAMETER);
    assertFailure(Addresses.COMMAND_SNAPSHOTS, tickers("A B"), Failure.INVALID_PARAMETER);
    assertFailure(Addresses.COMMAND_SNAPSHOTS, new JsonObject(), Failure.INVALID_PARAMETER);
  }

  @Test
  void shouldAnswerWithTheUsualIndicesAndTheirBars() {
    market.say(SPX, Double.NaN, Double.NaN, 153, rig.clock.millis() - 1_000, "massive", "");
    JsonArray indices = ask(Addresses.COMMAND_INDICES, new JsonObject()).getJsonArray("indices");
    assertThat(indices.stream().map(each -> ((JsonObject) each).getString("symbol")))
        .containsExactly("I:SPX", "I:NDX", "I:VIX");
    JsonObject spx = indices.getJsonObject(0);
    assertThat(spx.getDouble("value")).isEqualTo(153);
    assertThat(spx.getDouble("low")).isEqualTo(148);
    assertThat(spx.getDouble("high")).isEqualTo(155);
    JsonObject bars = spx.getJsonObject("timeframes");
    assertThat(bars.fieldNames()).containsExactly("1m", "5m", "1h", "1d");
    assertThat(bars.getJsonArray("1m")).hasSize(20);
    assertThat(bars.getJsonArray("1h")).hasSize(20);
    assertThat(bars.getJsonArray("1d")).hasSize(20);
    assertThat(spx.getJsonObject("quality").getJsonArray("warnings")).isEmpty();
    assertThat(indices.getJsonObject(1).getJsonObject("error").getString("code"))
        .isEqualTo("NO_DATA");
    assertThat(rig.demanded).isEmpty();
    assertFailure(
        Addresses.COMMAND_INDICES, tickers("O:SPY131019C00170000"), Failure.INVALID_PARAMETER);
  }

  @Test
  void shouldAskForTheBarsOfAnIndexOnceAMinute() {
    market.say(SPX, Double.NaN, Double.NaN, 153, rig.clock.millis(), "massive", "");
    ask(Addresses.COMMAND_INDICES, tickers("SPX"));
    int asked = rig.questions.size();
    ask(Addresses.COMMAND_INDICES, tickers("SPX"));
    assertThat(rig.questions).hasSize(asked);
    rig.advance(Duration.ofSeconds(61), false);
    ask(Addresses.COMMAND_INDICES, tickers("SPX"));
    assertThat(rig.questions).hasSizeGreaterThan(asked);
  }

  private JsonObject spx() {
    return ask(Addresses.COMMAND_INDICES, tickers("I:SPX"))
        .getJsonArray("indices")
        .getJsonObject(0);
  }

  @Test
  void shouldSayWhichBarsOfAnIndexAreMissing() {
    market.say(SPX, Double.NaN, Double.NaN, 200, rig.clock.millis(), "massive", "");
    rig.failure = Optional.of(Failure.PROVIDER_ERROR.because("500"));
    JsonObject spx = spx();
    assertThat(spx.getJsonObject("timeframes").getJsonArray("5m")).isEmpty();
    assertThat(spx.getJsonObject("reasons").getMap())
        .isEqualTo(Map.of("1m", "error", "5m", "error", "1h", "error", "1d", "error"));
    assertThat(spx.getJsonObject("quality").getJsonArray("warnings"))
        .containsExactly(
            "no-timeframes",
            "missing-timeframe",
            "missing-timeframe",
            "missing-timeframe",
            "missing-timeframe",
            "outside-range");
    assertThat(spx.getJsonObject("quality").getInteger("confidence")).isZero();
  }

  @Test
  void shouldSayWhyBarsOfAnIndexAreMissing() {
    market.say(SPX, Double.NaN, Double.NaN, 153, rig.clock.millis(), "massive", "");
    rig.failing = Set.of("minute");
    rig.failure = Optional.of(Failure.UNSUPPORTED.because("no minutes of indices"));
    JsonObject spx = spx();
    assertThat(spx.getJsonObject("reasons").getMap())
        .isEqualTo(Map.of("1m", "unsupported", "5m", "unsupported", "1h", "unsupported"));
    assertThat(spx.getJsonObject("quality").getInteger("confidence")).isEqualTo(85);
    rig.failure = Optional.of(Failure.NOT_ENTITLED.because("not in the plan"));
    assertThat(spx().getJsonObject("reasons").getString("1m")).isEqualTo("not-entitled");
  }

  private static JsonObject indicator(String name, String timeframe) {
    return new JsonObject().put("symbol", "SPY").put("name", name).put("timeframe", timeframe);
  }

  @Test
  void shouldComputeIndicatorsOfTheBarsThatChartsShow() {
    JsonObject sma = ask(
        Addresses.COMMAND_INDICATORS, indicator("sma", "1m").put("window", 3).put("limit", 10));
    assertThat(sma.getJsonArray("windows")).containsExactly(3);
    JsonArray values = sma.getJsonArray("values");
    assertThat(values).hasSize(10);
    List<Bar> bars = rig.snapshot("1m").bars();
    for (int i = 0; i < 10; i++) {
      JsonObject value = values.getJsonObject(i);
      int end = bars.size() - 10 + i;
      assertThat(value.getLong("t")).isEqualTo(bars.get(end).startMillis());
      assertThat(value.getBoolean("isFinal")).isEqualTo(bars.get(end).isFinal());
      assertThat(value.getBoolean("settled")).isTrue();
      assertThat(value.getDouble("value"))
          .isEqualTo((bars.get(end - 2).close()
                  + bars.get(end - 1).close()
                  + bars.get(end).close())
              / 3);
    }
    assertThat(sma.getJsonObject("health").getString("mode")).isEqualTo("LIVE");
  }

  @Test
  void shouldReadFarEnoughBackForSettledValues() {
    for (String name : List.of("ema", "rsi", "macd", "bollinger")) {
      for (String timeframe : List.of("1m", "5m", "1h", "1d")) {
        JsonObject answer =
            ask(Addresses.COMMAND_INDICATORS, indicator(name, timeframe).put("limit", 2));
        assertThat(answer.getJsonArray("values")).as(name + timeframe).hasSize(2);
        assertThat(answer.getJsonArray("values").getJsonObject(0).getBoolean("settled"))
            .as(name + timeframe)
            .isTrue();
      }
    }
    JsonObject macd = ask(
        Addresses.COMMAND_INDICATORS,
        indicator("macd", "5m").put("window", new JsonArray().add(3).add(6).add(2)));
    assertThat(macd.getJsonArray("windows")).containsExactly(3, 6, 2);
    assertThat(macd.getJsonArray("values").getJsonObject(0).fieldNames())
        .contains("value", "signal", "histogram");
  }

  private JsonObject check(JsonObject question) {
    return ask(Addresses.COMMAND_INDICATORS, question.put("check", true)).getJsonObject("check");
  }

  @Test
  void shouldCheckIndicatorsByTheProvidersOwnFigures() {
    assertThat(ask(Addresses.COMMAND_INDICATORS, indicator("sma", "1m")).containsKey("check"))
        .isFalse();
    assertThat(check(indicator("sma", "1m")).getString("reason")).isEqualTo("error");
    List<JsonObject> asked = new CopyOnWriteArrayList<>();
    rig.vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_INDICATOR, message -> {
      asked.add(message.body());
      long to = message.body().getLong("to");
      message.reply(IndicatorValuesJson.body(new IndicatorValues(
          HubRig.SPY,
          List.of(new IndicatorValues.Point(to, List.of(1_000.0))),
          new Origin("second", "error"))));
    });

    JsonObject check = check(indicator("sma", "1m").put("window", 3));
    assertThat(asked).singleElement().satisfies(question -> {
      assertThat(question.getString("name")).isEqualTo("sma");
      assertThat(question.getJsonArray("windows")).containsExactly(3);
      assertThat(question.getString("timeframe")).isEqualTo("1m");
      assertThat(question.getInteger("limit")).isEqualTo(10);
    });
    assertThat(check.getString("result")).isEqualTo("different");
    assertThat(check.getString("source")).isEqualTo("second");
    assertThat(check.getString("fallbackReason")).isEqualTo("error");
    assertThat(check.getInteger("compared")).isEqualTo(1);
    assertThat(check.getLong("t")).isEqualTo(asked.get(0).getLong("to"));
    assertThat(check.getDouble("difference")).isPositive();

    for (JsonObject unsupported :
        List.of(indicator("vwap", "1m"), indicator("sma", "5m"), indicator("bollinger", "1d"))) {
      assertThat(check(unsupported).getString("reason")).isEqualTo("unsupported");
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void shouldRefuseIndicatorsThatDoNotExist() {
    for (JsonObject wrong : List.of(
        indicator("ichimoku", "1m"),
        indicator("vwap", "1d"),
        indicator("vwap", "1m").put("window", 3),
        indicator("sma", "2m"),
        indicator("sma", "1m").put("window", 0),
        indicator("sma", "1m").put("window", 1.5),
        indicator("sma", "1m").put("limit", 5_001),
        indicator("macd", "1m").put("window", new JsonArray().add(9).add(3).add(2)))) {
      assertFailure(Addresses.COMMAND_INDICATORS, wrong, Failure.INVALID_PARAMETER);
    }
    assertFailure(
        Addresses.COMMAND_INDICATORS,
        indicator("sma", "1m").put("symbol", "NOPE"),
        Failure.UNKNOWN_INSTRUMENT);
  }

  @Test
  void shouldComputeNothingOfVolumeWhereThereIsNone() {
    for (String symbol : List.of("I:SPX", "O:SPXW131018C01700000")) {
      assertFailure(
          Addresses.COMMAND_INDICATORS,
          indicator("vwap", "5m").put("symbol", symbol),
          Failure.UNSUPPORTED);
    }
  }
}
