package io.candlehub.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TradierWireTest {
  private static final String CHAIN = "options/chains?symbol=SPY&expiration=2025-12-19&greeks=true";
  private static Exchange exchange;

  @BeforeAll
  static void startExchange() {
    exchange = Exchange.start("speed", "0.001", "tradier-requests-per-minute", "10000");
  }

  @AfterAll
  static void stopExchange() {
    exchange.close();
  }

  @Test
  void shouldQuoteTheSameMarketAsTheOtherSide() {
    JsonObject quote =
        exchange.broker("quotes?symbols=SPY").getJsonObject("quotes").getJsonObject("quote");
    JsonObject nbbo = exchange.json("/v2/last/nbbo/SPY").getJsonObject("results");
    assertThat(quote.getDouble("bid")).isEqualTo(nbbo.getDouble("p"));
    assertThat(quote.getDouble("ask")).isEqualTo(nbbo.getDouble("P"));
    assertThat(quote.getString("type")).isEqualTo("etf");
    assertThat(quote.getValue("close")).isNull();
    assertThat(quote.getLong("bid_date")).isBetween(1_700_000_000_000L, 1_800_000_000_000L);
    JsonObject option = exchange
        .broker("quotes?symbols=SPY251219C00665000&greeks=true")
        .getJsonObject("quotes")
        .getJsonObject("quote");
    JsonObject row =
        exchange.json("/v3/snapshot/options/SPY/O:SPY251219C00665000").getJsonObject("results");
    assertThat(option.getDouble("bid"))
        .isEqualTo(row.getJsonObject("last_quote").getDouble("bid"));
    assertThat(option.getLong("open_interest")).isEqualTo(row.getLong("open_interest"));
    assertThat(option.getLong("volume")).isEqualTo(row.getJsonObject("day").getLong("volume"));
    assertThat(option.getString("root_symbol")).isEqualTo("SPY");
    JsonObject greeks = option.getJsonObject("greeks");
    assertThat(greeks.getDouble("smv_vol"))
        .isCloseTo(row.getDouble("implied_volatility"), within(0.03));
    assertThat(greeks.getString("updated_at")).startsWith("2025-12-04 10:00:00");
  }

  @Test
  void shouldCollapseListsOfOneAndNameTheUnmatched() {
    JsonObject none = exchange.broker("quotes?symbols=ZZZZZ").getJsonObject("quotes");
    assertThat(none)
        .isEqualTo(
            new JsonObject().put("unmatched_symbols", new JsonObject().put("symbol", "ZZZZZ")));
    JsonObject many = exchange.broker("quotes?symbols=SPY,VIX,ZZZZZ,YYYYY").getJsonObject("quotes");
    assertThat(many.getJsonArray("quote")).hasSize(2);
    assertThat(many.getJsonArray("quote").getJsonObject(1).getString("type")).isEqualTo("index");
    assertThat(many.getJsonObject("unmatched_symbols").getJsonArray("symbol")).hasSize(2);
    JsonObject shares = exchange.broker("quotes?symbols=BRK%2FB,BRK.B").getJsonObject("quotes");
    assertThat(shares.getJsonObject("quote").getString("symbol")).isEqualTo("BRK/B");
    assertThat(shares.getJsonObject("unmatched_symbols").getString("symbol")).isEqualTo("BRK.B");
    JsonObject empty = new JsonObject().putNull("options");
    assertThat(exchange.broker("options/chains?symbol=NOPE&expiration=2025-12-19"))
        .isEqualTo(empty);
    assertThat(exchange.broker("options/expirations?symbol=NOPE").getValue("expirations"))
        .isNull();
    assertThat(exchange.broker("history?symbol=NOPE").getValue("history")).isNull();
    assertThat(exchange
            .broker("history?symbol=SPY&start=2025-12-03&end=2025-12-03")
            .getJsonObject("history")
            .getJsonObject("day")
            .getString("date"))
        .isEqualTo("2025-12-03");
    assertThat(exchange
            .broker("timesales?symbol=SPY&interval=1min&start=2025-12-06%2009:30")
            .getValue("series"))
        .isNull();
  }

  private static List<String> found(String question) {
    JsonArray found =
        exchange.broker(question).getJsonObject("securities").getJsonArray("security");
    return found.stream().map(row -> ((JsonObject) row).getString("symbol")).toList();
  }

  @Test
  void shouldFindSecuritiesByDescriptionOrBySymbol() {
    assertThat(exchange.broker("lookup?q=xlk"))
        .isEqualTo(new JsonObject()
            .put(
                "securities",
                new JsonObject()
                    .put(
                        "security",
                        new JsonObject()
                            .put("symbol", "XLK")
                            .put("exchange", "P")
                            .put("type", "etf")
                            .put("description", "Technology Fund"))));
    assertThat(exchange.broker("search?q=XLK").getValue("securities")).isNull();
    assertThat(exchange.broker("lookup?q=NOPE").getValue("securities")).isNull();
    assertThat(found("search?q=treasury")).containsExactly("TLT", "IEF", "SHY");
    assertThat(found("search?q=nasdaq%20100&indexes=true")).containsExactly("QQQ", "NDX");
    assertThat(exchange
            .broker("search?q=nasdaq%20100")
            .getJsonObject("securities")
            .getJsonObject("security")
            .getString("symbol"))
        .isEqualTo("QQQ");
    assertThat(found("lookup?q=SP")).contains("SPY", "SPX").doesNotContain("XSP");
    assertThat(found("lookup?q=SP&types=etf,stock")).contains("SPY").doesNotContain("SPX");
    assertThat(found("lookup?q=S&exchanges=Q")).contains("SMH", "SOXX").doesNotContain("SPY");
    assertThat(found("lookup?q=BRK")).contains("BRK/B");
    assertThat(exchange.broker(HttpMethod.GET, "search?indexes=true").statusCode())
        .isEqualTo(400);
  }

  @Test
  void shouldGiveChainsExpirationsAndStrikes() {
    JsonArray chain = exchange.broker(CHAIN).getJsonObject("options").getJsonArray("option");
    assertThat(chain).hasSizeGreaterThan(200);
    JsonObject row = chain.getJsonObject(chain.size() / 2);
    assertThat(row.getString("expiration_type")).isEqualTo("standard");
    assertThat(row.getString("underlying")).isEqualTo("SPY");
    JsonArray plain = exchange
        .broker("options/expirations?symbol=SPX")
        .getJsonObject("expirations")
        .getJsonArray("date");
    JsonArray all = exchange
        .broker("options/expirations?symbol=SPX&includeAllRoots=true")
        .getJsonObject("expirations")
        .getJsonArray("date");
    assertThat(all.size()).isGreaterThan(plain.size());
    JsonObject detailed = exchange
        .broker("options/expirations?symbol=SPY&strikes=true&contractSize=true&expirationType=true")
        .getJsonObject("expirations")
        .getJsonArray("expiration")
        .getJsonObject(0);
    assertThat(detailed.fieldNames())
        .containsExactlyInAnyOrder("date", "contract_size", "expiration_type", "strikes");
    JsonArray strikes = exchange
        .broker("options/strikes?symbol=SPY&expiration=2025-12-19")
        .getJsonObject("strikes")
        .getJsonArray("strike");
    assertThat(strikes).hasSize(chain.size() / 2);
    JsonObject root = exchange
        .broker("options/lookup?underlying=SPY&expiration=2025-12-19")
        .getJsonArray("symbols")
        .getJsonObject(0);
    assertThat(root.getJsonArray("options")).hasSize(chain.size());
    assertThat(exchange.broker(HttpMethod.GET, "options/chains?symbol=SPY").statusCode())
        .isEqualTo(400);
  }

  @Test
  void shouldGiveHistoryAndTimeAndSales() {
    JsonObject five = exchange
        .broker("timesales?symbol=SPY&interval=5min&start=2025-12-03%2009:30&end=2025-12-03%2009:40"
            + "&session_filter=open")
        .getJsonObject("series")
        .getJsonArray("data")
        .getJsonObject(0);
    JsonObject bar = exchange
        .json("/v2/aggs/ticker/SPY/range/5/minute/1764772200000/1764772200000")
        .getJsonArray("results")
        .getJsonObject(0);
    assertThat(five.getLong("timestamp")).isEqualTo(1_764_772_200L);
    assertThat(five.getString("time")).isEqualTo("2025-12-03T09:30:00");
    assertThat(five.getDouble("close")).isEqualTo(bar.getDouble("c"));
    assertThat(exchange
            .broker("timesales?symbol=SPY&start=2025-12-04%2009:59")
            .getJsonObject("series")
            .getJsonArray("data"))
        .hasSizeGreaterThan(20);
    assertThat(exchange
            .broker("history?symbol=SPY&interval=weekly&start=2025-11-01")
            .getJsonObject("history")
            .getJsonArray("day"))
        .hasSizeBetween(4, 6);
  }

  @Test
  void shouldKnowClockAndCalendar() {
    JsonObject clock = exchange.broker("clock").getJsonObject("clock");
    assertThat(clock.getString("state")).isEqualTo("open");
    assertThat(clock.getString("next_change")).isEqualTo("16:00");
    JsonArray days = exchange
        .broker("calendar?month=12&year=2025")
        .getJsonObject("calendar")
        .getJsonObject("days")
        .getJsonArray("day");
    assertThat(days).hasSize(31);
    assertThat(days.getJsonObject(24).getString("description"))
        .isEqualTo("Market is closed for Christmas");
    assertThat(days.getJsonObject(23).getJsonObject("open").getString("end")).isEqualTo("13:00");
  }

  @Test
  void shouldWriteXmlUnlessAskedForJson() {
    var response = exchange.request(
        HttpMethod.GET, "/v1/markets/clock", Map.of("Authorization", "Bearer " + Exchange.KEY));
    assertThat(response.getHeader("Content-Type")).isEqualTo("application/xml");
    assertThat(response.bodyAsString()).startsWith("<?xml").contains("<state>open</state>");
    var refused = exchange.request(
        HttpMethod.GET, "/v1/markets/clock", Map.of("Authorization", "Bearer wrong"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(exchange.broker(HttpMethod.GET, "nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldLimitTheRateAndSayHow() {
    try (Exchange strict = Exchange.start("tradier-requests-per-minute", "3")) {
      for (int i = 1; i <= 3; i++) {
        var response = strict.broker(HttpMethod.GET, "clock");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("X-Ratelimit-Used")).isEqualTo("" + i);
        assertThat(response.getHeader("X-Ratelimit-Available")).isEqualTo("" + (3 - i));
      }
      var response = strict.broker(HttpMethod.GET, "clock");
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.bodyAsString()).isEqualTo("Quota Violation");
      assertThat(Long.parseLong(response.getHeader("X-Ratelimit-Expiry")))
          .isGreaterThan(1_600_000_000_000L);
    }
  }

  @Test
  void shouldCommitFaultsOfItsOwn() {
    try (Exchange faulty = Exchange.start()) {
      faulty.fault("{\"kind\":\"error\",\"market\":\"tradier\",\"status\":500,\"count\":1}");
      assertThat(faulty.get("/v1/marketstatus/now").statusCode()).isEqualTo(200);
      assertThat(faulty.broker(HttpMethod.GET, "clock").statusCode()).isEqualTo(500);
      faulty.fault("{\"kind\":\"empty\",\"path\":\"/v1/markets/quotes\",\"count\":1}");
      assertThat(faulty.broker("quotes?symbols=SPY")).isEqualTo(new JsonObject().putNull("quotes"));
      faulty.fault("{\"kind\":\"poor\",\"market\":\"tradier\",\"count\":1}");
      JsonObject quote = faulty
          .broker("quotes?symbols=SPY251219C00665000&greeks=true")
          .getJsonObject("quotes")
          .getJsonObject("quote");
      assertThat(quote.getValue("greeks")).isNull();
      assertThat(quote.getDouble("bid")).isGreaterThan(quote.getDouble("ask"));
      faulty.fault("{\"kind\":\"rate-limit\",\"path\":\"/v1/markets\",\"count\":1}");
      assertThat(faulty.broker(HttpMethod.GET, "clock").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void shouldStreamNumbersInTextsAndSeveralObjectsInAFrame() {
    try (Exchange live = Exchange.start("speed", "30")) {
      TradierWire wire = live.brokerWire();
      String id = live.brokerSession();
      List<String> symbols = List.of("SPY", "SPY251205C00667000", "SPX", "ZZZZ");
      wire.want(id, symbols, List.of(), true);
      assertThat(wire.next(event -> event.containsKey("error")).getString("error"))
          .isEqualTo("ZZZZ is not a valid symbol");
      JsonObject trade = wire.next(
          e -> e.getString("type").equals("trade") && e.getString("symbol").equals("SPY"));
      assertThat(trade.getValue("price")).isInstanceOf(String.class);
      assertThat(trade.getValue("date")).isInstanceOf(String.class);
      assertThat(trade.getValue("cvol")).isInstanceOf(String.class);
      JsonObject quote = wire.next("quote");
      assertThat(quote.getValue("bid")).isInstanceOf(Number.class);
      assertThat(quote.getValue("biddate")).isInstanceOf(String.class);
      JsonObject sale = wire.next("timesale");
      assertThat(sale.getString("session")).isEqualTo("normal");
      wire.next("tradex");
      wire.next("summary");
      wire.next(e -> e.getString("symbol").equals("SPX") && e.containsKey("price"));
      wire.frame(frame -> frame.indexOf("}\n{") > 0);
      wire.want(id, symbols, List.of(), false);
      wire.frame(frame -> frame.contains("}{"));
      wire.next(event -> event.containsKey("error"));
      wire.want(id, List.of("SPY", "ZZZZ"), List.of("quote"), false);
      wire.next(event -> event.containsKey("error"));
      JsonArray topics = live.json("/sim/stats").getJsonObject("topics").getJsonArray("tradier");
      assertThat(topics).containsExactly("quote.SPY");
      assertThat(live.json("/sim/stats")
              .getJsonObject("connections")
              .getJsonObject("tradier")
              .getInteger("now"))
          .isEqualTo(1);
    }
  }

  @Test
  void shouldTakeASessionForOneSocketOnly() {
    try (Exchange live = Exchange.start("speed", "30")) {
      TradierWire first = live.brokerWire();
      String id = live.brokerSession();
      first.want(id, List.of("SPY"), List.of("quote"), true);
      first.next("quote");
      TradierWire again = live.brokerWire();
      again.want(id, List.of("SPY"), List.of("quote"), true);
      assertThat(again.next(event -> event.containsKey("error")).getString("error"))
          .isEqualTo("Session not found");
      again.end();
      TradierWire second = live.brokerWire();
      second.want(live.brokerSession(), List.of("SPY"), List.of("quote"), true);
      second.next("quote");
      first.end();
      live.fault("{\"kind\":\"disconnect\",\"market\":\"tradier\"}");
      second.end();
    }
  }
}
