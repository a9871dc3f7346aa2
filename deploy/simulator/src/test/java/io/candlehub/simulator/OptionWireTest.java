package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OptionWireTest {
  private static final String CHAIN = "/v3/snapshot/options/SPY?expiration_date=2025-12-19";
  private static Exchange exchange;

  @BeforeAll
  static void startExchange() {
    exchange = Exchange.start("speed", "0.001");
  }

  @AfterAll
  static void stopExchange() {
    exchange.close();
  }

  private static List<JsonObject> pages(String first) {
    List<JsonObject> rows = new ArrayList<>();
    String next = first;
    while (next != null) {
      JsonObject page = exchange.json(next);
      assertThat(page.getString("status")).isEqualTo("OK");
      page.getJsonArray("results").forEach(row -> rows.add((JsonObject) row));
      next = page.getString("next_url");
    }
    return rows;
  }

  /** Returns the call nearest to the money of an expiration. */
  private static String nearest(String date) {
    return call(date, strike());
  }

  private static long strike() {
    return Math.round(
        exchange.json("/v2/last/trade/SPY").getJsonObject("results").getDouble("p"));
  }

  private static String call(String date, long strike) {
    return "O:SPY" + date + "C00" + strike + "000";
  }

  @Test
  void shouldPageChainsTenByDefaultAndAtMost250() {
    assertThat(exchange.json(CHAIN).getJsonArray("results")).hasSize(10);
    assertThat(exchange.get(CHAIN + "&limit=251").statusCode()).isEqualTo(400);
    List<JsonObject> all = pages(CHAIN + "&limit=250");
    assertThat(all).hasSizeGreaterThan(250);
    List<String> names = all.stream()
        .map(row -> row.getJsonObject("details").getString("ticker"))
        .toList();
    assertThat(names).isSorted().doesNotHaveDuplicates();
    List<JsonObject> few = pages(
        CHAIN
            + "&contract_type=put&strike_price.gte=660&strike_price.lt=670&sort=strike_price&order=desc&limit=3");
    assertThat(few)
        .extracting(row -> row.getJsonObject("details").getInteger("strike_price"))
        .containsExactly(669, 668, 667, 666, 665, 664, 663, 662, 661, 660);
  }

  @Test
  void shouldDescribeContractsLikeTheProvider() {
    JsonObject row = exchange
        .json(CHAIN + "&contract_type=call&strike_price=665")
        .getJsonArray("results")
        .getJsonObject(0);
    assertThat(row.getJsonObject("details"))
        .isEqualTo(new JsonObject()
            .put("contract_type", "call")
            .put("exercise_style", "american")
            .put("expiration_date", "2025-12-19")
            .put("shares_per_contract", 100)
            .put("strike_price", 665)
            .put("ticker", "O:SPY251219C00665000"));
    JsonObject greeks = row.getJsonObject("greeks");
    assertThat(greeks.fieldNames()).containsExactlyInAnyOrder("delta", "gamma", "theta", "vega");
    assertThat(greeks.getDouble("delta")).isBetween(0.0, 1.0);
    JsonObject quote = row.getJsonObject("last_quote");
    assertThat(quote.getDouble("bid")).isLessThan(quote.getDouble("ask"));
    assertThat(quote.getLong("last_updated")).isGreaterThan(1_764_000_000_000_000_000L);
    assertThat(row.getDouble("break_even_price"))
        .isCloseTo(665 + quote.getDouble("midpoint"), within(1e-6));
    JsonObject asset = row.getJsonObject("underlying_asset");
    assertThat(asset.getDouble("price")).isPositive();
    assertThat(row.getLong("open_interest")).isPositive();
    JsonObject one = exchange.json("/v3/snapshot/options/SPY/O:SPY251219C00665000");
    assertThat(one.getJsonObject("results")).isEqualTo(row);
    assertThat(exchange.get("/v3/snapshot/options/SPY/O:SPY251219C00665001").statusCode())
        .isEqualTo(404);
    assertThat(exchange.json("/v3/snapshot/options/NOPE").getJsonArray("results"))
        .isEmpty();
    JsonObject index = exchange
        .json("/v3/snapshot/options/I%3ASPX?limit=1")
        .getJsonArray("results")
        .getJsonObject(0);
    assertThat(index.getJsonObject("underlying_asset").containsKey("value")).isTrue();
    assertThat(index.getJsonObject("details").getString("exercise_style")).isEqualTo("european");
  }

  @Test
  void shouldListTheTermsOfContracts() {
    JsonObject row = exchange
        .json("/v3/reference/options/contracts?underlying_ticker=SPX&expiration_date=2025-12-19"
            + "&limit=1")
        .getJsonArray("results")
        .getJsonObject(0);
    assertThat(row.getString("cfi")).isEqualTo("OCESPS");
    assertThat(row.getString("underlying_ticker")).isEqualTo("SPX");
    assertThat(row.getString("ticker")).startsWith("O:SPX251219C");
    JsonObject one = exchange.json("/v3/reference/options/contracts/" + row.getString("ticker"));
    assertThat(one.getJsonObject("results")).isEqualTo(row);
    List<JsonObject> expired = pages("/v3/reference/options/contracts?underlying_ticker=SPY"
        + "&expired=true&strike_price=660&contract_type=call");
    assertThat(expired)
        .isNotEmpty()
        .allSatisfy(
            found -> assertThat(found.getString("expiration_date")).isLessThan("2025-12-04"));
    assertThat(exchange.get("/v3/reference/options/contracts?as_of=soon").statusCode())
        .isEqualTo(400);
  }

  @Test
  void shouldTellErrorsAmongTheRows() {
    JsonArray rows = exchange
        .json("/v3/snapshot?ticker.any_of=SPY,I:SPX,O:SPY251219C00665000,I:XX,NOPE")
        .getJsonArray("results");
    assertThat(rows).hasSize(5);
    assertThat(rows.stream().map(JsonObject.class::cast))
        .extracting(row -> row.getString("type", row.getString("error")))
        .containsExactly("indices", "NOT_FOUND", "NOT_FOUND", "options", "stocks");
    JsonObject spx = exchange
        .json("/v3/snapshot/indices?ticker.any_of=I:SPX,I:VIX")
        .getJsonArray("results")
        .getJsonObject(0);
    assertThat(spx.getDouble("value")).isBetween(3_000.0, 12_000.0);
    assertThat(spx.getString("market_status")).isEqualTo("open");
    assertThat(spx.getJsonObject("session").fieldNames())
        .contains("open", "high", "low", "close", "previous_close", "change");
  }

  @Test
  void shouldPageTicksInBothDirections() {
    for (String ticker : List.of("SPY", nearest("251205"))) {
      String path = "/v3/trades/" + ticker + "?timestamp.gte=1764859800000000000&limit=";
      List<JsonObject> whole = pages(path + "50000&order=asc");
      assertThat(whole).hasSizeGreaterThan(5);
      assertThat(pages(path + (whole.size() / 3 + 1) + "&order=asc")).isEqualTo(whole);
      List<JsonObject> back = new ArrayList<>(pages(path + (whole.size() / 4 + 1)));
      Collections.reverse(back);
      assertThat(back).isEqualTo(whole);
      JsonObject last = exchange.json("/v2/last/trade/" + ticker).getJsonObject("results");
      assertThat(last.getLong("t")).isEqualTo(whole.get(whole.size() - 1).getLong("sip_timestamp"));
      JsonObject quote = exchange
          .json("/v3/quotes/" + ticker + "?limit=1")
          .getJsonArray("results")
          .getJsonObject(0);
      JsonObject nbbo = exchange.json("/v2/last/nbbo/" + ticker).getJsonObject("results");
      assertThat(nbbo.getDouble("p")).isEqualTo(quote.getDouble("bid_price"));
    }
  }

  @Test
  void shouldComputeIndicators() {
    JsonArray bars = exchange
        .json("/v2/aggs/ticker/SPY/range/1/day/2025-11-01/2025-12-04")
        .getJsonArray("results");
    double sum = 0;
    for (int i = bars.size() - 5; i < bars.size(); i++) {
      sum += bars.getJsonObject(i).getDouble("c");
    }
    JsonObject results =
        exchange.json("/v1/indicators/sma/SPY?window=5&limit=2").getJsonObject("results");
    JsonObject value = results.getJsonArray("values").getJsonObject(0);
    assertThat(value.getDouble("value")).isCloseTo(sum / 5, within(1e-9));
    for (String kind : List.of("ema", "rsi", "macd")) {
      assertThat(exchange
              .json("/v1/indicators/" + kind + "/I:SPX?timespan=minute")
              .getJsonObject("results")
              .getJsonArray("values"))
          .hasSize(10);
    }
    assertThat(exchange.get("/v1/indicators/nope/SPY").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldGiveBarsOfContractsAndIndices() {
    JsonObject index = exchange
        .json("/v2/aggs/ticker/I:SPX/range/1/minute/2025-12-04/2025-12-04")
        .getJsonArray("results")
        .getJsonObject(0);
    assertThat(index.fieldNames()).containsExactlyInAnyOrder("o", "h", "l", "c", "t");
    JsonObject option = exchange.json(
        "/v2/aggs/ticker/" + nearest("251205") + "/range/1/day/2025-11-28/2025-12-04");
    assertThat(option.getJsonArray("results")).hasSizeGreaterThan(2);
    assertThat(exchange
            .json("/sim/truth?ticker=" + nearest("251205")
                + "&timespan=day&from=2025-11-28&to=2025-12-04")
            .getJsonArray("bars"))
        .isEqualTo(option.getJsonArray("results"));
    JsonObject truth = exchange.json("/sim/chain?underlying=SPY&expiration=2025-12-19");
    assertThat(truth.getJsonArray("contracts")).hasSizeGreaterThan(200);
    assertThat(truth.getJsonArray("contracts").getJsonObject(100).containsKey("rho"))
        .isTrue();
    assertThat(exchange.get("/sim/chain?underlying=SPY").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldStreamOptionsAndIndices() {
    try (Exchange live = Exchange.start("speed", "60", "option-quotes", "3")) {
      Wire options = live.connect("/options");
      options.say("auth", Exchange.KEY);
      long strike = strike();
      String quotes = LongStream.rangeClosed(strike - 2, strike + 1)
          .mapToObj(near -> "Q." + call("251205", near))
          .collect(Collectors.joining(","));
      String call = nearest("251205");
      options.say("subscribe", "Q.*");
      options.next(event -> event.getString("status", "").equals("error"));
      options.say("subscribe", "V.I:SPX,A.SPY," + quotes);
      assertThat(options.status()).startsWith("error: option quotes are limited");
      assertThat(options.status()).isEqualTo("success: subscribed to: A.SPY");
      options.say("subscribe", "T." + call + ",AM." + call);
      JsonObject quote = options.next(event -> event.getString("ev").equals("Q"));
      assertThat(quote.fieldNames())
          .containsExactlyInAnyOrder("ev", "sym", "bx", "ax", "bp", "ap", "bs", "as", "t", "q");
      JsonObject trade = options.next(event -> event.getString("ev").equals("T"));
      assertThat(trade.fieldNames())
          .containsExactlyInAnyOrder("ev", "sym", "x", "p", "s", "c", "t", "q");
      assertThat(trade.getInteger("x")).isGreaterThanOrEqualTo(300);
      JsonObject bar = options.next(event -> event.getString("ev").equals("AM"));
      assertThat(bar.containsKey("dv")).isFalse();
      Wire indices = live.connect("/indices");
      indices.say("auth", Exchange.KEY);
      indices.say("subscribe", "V.*,AM.I:SPX");
      JsonObject value = indices.next(event -> event.getString("ev").equals("V"));
      assertThat(value.fieldNames()).containsExactlyInAnyOrder("ev", "val", "T", "t");
      JsonObject minute = indices.next(event -> event.getString("ev").equals("AM"));
      assertThat(minute.fieldNames())
          .containsExactlyInAnyOrder("ev", "sym", "op", "o", "c", "h", "l", "s", "e");
      JsonObject stats = live.json("/sim/stats").getJsonObject("connections");
      assertThat(stats.getJsonObject("options").getInteger("now")).isEqualTo(1);
      assertThat(stats.getJsonObject("options").getInteger("peakTopics")).isEqualTo(6);
      assertThat(stats.getJsonObject("indices").getInteger("now")).isEqualTo(1);
    }
  }

  @Test
  void shouldEmptyAndImpoverishAnswersAndStreams() {
    try (Exchange live = Exchange.start("speed", "60")) {
      live.fault("{\"kind\":\"empty\",\"path\":\"/v3\",\"market\":\"options\",\"count\":1}");
      assertThat(live.json("/v3/snapshot/indices").getJsonArray("results")).isNotEmpty();
      assertThat(live.json(CHAIN).getJsonArray("results")).isEmpty();
      live.fault("{\"kind\":\"poor\",\"market\":\"options\"}");
      JsonObject row =
          live.json(CHAIN + "&strike_price=665").getJsonArray("results").getJsonObject(0);
      assertThat(row.containsKey("implied_volatility")).isFalse();
      assertThat(row.getValue("greeks")).isNull();
      assertThat(row.getJsonObject("last_quote").getDouble("bid"))
          .isGreaterThan(row.getJsonObject("last_quote").getDouble("ask"));
      Wire options = live.connect("/options");
      options.say("auth", Exchange.KEY);
      options.say("subscribe", "Q." + nearest("251205"));
      JsonObject quote = options.next(event -> event.getString("ev").equals("Q"));
      assertThat(quote.getDouble("bp")).isGreaterThan(quote.getDouble("ap"));
      live.fault("{\"kind\":\"disconnect\",\"market\":\"options\"}");
      assertThat(options.end()).isIn(-1, 1006);
    }
  }
}
