package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.Instrument;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Origin;
import io.candlehub.model.Quality;
import io.candlehub.model.Quote;
import io.candlehub.model.TapeTrade;
import io.candlehub.model.TradesUpdate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Quotes, trades and rows of bars as they travel. */
@Timeout(5)
class TapeJsonTest {
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");

  @Test
  void shouldWriteTradesAsClientsGetThem() {
    TapeTrade trade =
        new TapeTrade(5, 12.5, 3, 302, List.of(227), "buy", 100, 77, new Origin("massive", ""));
    assertThat(TradesJson.body(new TradesUpdate(CALL, List.of(trade), 0, 7)).toString())
        .isEqualTo("{\"symbol\":\"O:SPY251219C00650000\",\"trades\":[{\"t\":5,\"p\":12.5,\"s\":3,"
            + "\"x\":302,\"c\":[227],\"side\":\"buy\",\"confidence\":100,\"q\":77,\"source\":\"massive\"}],"
            + "\"position\":7}");
    assertThat(TradesJson.body(new TradesUpdate(CALL, List.of(), 4, 9)).toString())
        .isEqualTo(
            "{\"symbol\":\"O:SPY251219C00650000\",\"trades\":[],\"conflated\":4,\"position\":9}");
  }

  @Test
  void shouldReadQuotesWithAndWithoutQuality() {
    Origin origin = new Origin("tradier", "error");
    Quote quote = new Quote(CALL, 12.4, 12.5, 1, 2, 12.45, 100, 15_000, 11, 5, origin);
    Quality quality = new Quality("tradier", false, List.of(), 100, 5, "error");
    assertThat(QuoteJson.read(QuoteJson.body(quote).toJsonObject())).contains(quote);
    JsonObject judged = QuoteJson.judged(quote, quality).toJsonObject();
    assertThat(QuoteJson.read(judged)).contains(quote);
    assertThat(judged.getString("contract")).isEqualTo(CALL.symbol());
    assertThat(judged.getJsonObject("quality").getString("fallbackReason")).isEqualTo("error");
  }

  @Test
  void shouldSayWhoToldAQuote() {
    Origin origin = new Origin("tradier", "unhealthy");
    Quote quote = new Quote(CALL, 12.4, 12.5, 1, 2, 12.45, 100, 15_000, 11, 5, origin);
    JsonObject body = QuoteJson.body(quote).toJsonObject();
    assertThat(body.getString("source")).isEqualTo("tradier");
    assertThat(body.getString("fallbackReason")).isEqualTo("unhealthy");
    assertThat(QuoteJson.read(body)).contains(quote);
  }

  @Test
  void shouldSayWhyValuesOfAQuoteAreMissing() {
    double none = Double.NaN;
    Quote quote = new Quote(
        CALL,
        none,
        12.5,
        none,
        2,
        none,
        none,
        none,
        none,
        5,
        4,
        3,
        Origin.UNKNOWN,
        Map.of("mid", MissingReason.ONE_SIDED, "bid", MissingReason.ONE_SIDED));
    JsonObject body = QuoteJson.body(quote).toJsonObject();
    assertThat(body.getJsonObject("reasons").encode())
        .isEqualTo("{\"bid\":\"one-sided\",\"mid\":\"one-sided\"}");
    assertThat(QuoteJson.read(body)).contains(quote);
    body.getJsonObject("reasons").put("ask", "no such word").put("last", 1);
    assertThat(QuoteJson.read(body)).contains(quote);
  }

  @Test
  void shouldKeepWhenBidAndAskWereQuoted() {
    double none = Double.NaN;
    Origin origin = new Origin("massive", "");
    Quote old =
        new Quote(CALL, 12.4, none, 1, none, 12.6, none, none, 11, 50, 9, 50, origin, Map.of());
    JsonObject body = QuoteJson.body(old).toJsonObject();
    assertThat(body.getLong("quotedAt")).isEqualTo(9);
    assertThat(QuoteJson.read(body)).contains(old);
    Quote bare =
        new Quote(CALL, none, none, none, none, 12.6, none, none, 11, 50, 9, 50, origin, Map.of());
    assertThat(QuoteJson.body(bare).toJsonObject().containsKey("quotedAt")).isFalse();
  }

  @Test
  void shouldKeepWhenTheLastPriceIsFromButTellNoClient() {
    double none = Double.NaN;
    Origin origin = new Origin("massive", "");
    Quote quote =
        new Quote(CALL, 12.4, 12.5, 1, 2, 12.6, none, none, 11, 50, 50, 9, origin, Map.of());
    assertThat(QuoteJson.kept(quote).toJsonObject().getLong("lastAt")).isEqualTo(9);
    assertThat(QuoteJson.read(QuoteJson.kept(quote).toJsonObject())).contains(quote);
    assertThat(QuoteJson.body(quote).toJsonObject().containsKey("lastAt")).isFalse();
    Quote bare =
        new Quote(CALL, 12.4, 12.5, 1, 2, none, none, none, 11, 50, 50, 9, origin, Map.of());
    assertThat(QuoteJson.kept(bare)).isEqualTo(QuoteJson.body(bare));
  }

  @Test
  void shouldPutOriginsTogether() {
    Origin first = new Origin("massive", "");
    Origin second = new Origin("tradier", "error");
    assertThat(first.with(first)).isEqualTo(first);
    assertThat(Origin.UNKNOWN.with(second)).isEqualTo(second);
    assertThat(second.with(Origin.UNKNOWN)).isEqualTo(second);
    assertThat(first.with(second)).isEqualTo(new Origin("hybrid", "error"));
    assertThat(second.with(first)).isEqualTo(new Origin("hybrid", "error"));
  }

  @Test
  void shouldReadRowsOfBars() {
    Bar bar =
        new Bar(60_000, 1, 2, 0.5, 1.5, 10, 1.2, 7, BarState.FINAL, 0, BarSource.LIVE, Double.NaN);
    Buffer row = Json.buffer(100, out -> ChartJson.writeBar(out, bar));
    Buffer rows = row.copy().appendString(",").appendBuffer(row);
    assertThat(ChartJsonReader.readBars(rows)).containsExactly(bar, bar);
    assertThatThrownBy(() -> ChartJsonReader.readBars(Buffer.buffer("{\"t\":1}")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
