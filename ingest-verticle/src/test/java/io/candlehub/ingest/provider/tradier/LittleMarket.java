package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The little market of the contract behind this provider's wire. */
final class LittleMarket implements ProviderServer {
  private static final String GREEKS =
      ",\"greeks\":{\"delta\":0.56,\"gamma\":0.0123,\"theta\":-0.214,"
          + "\"vega\":0.611,\"rho\":0.173,\"mid_iv\":0.142,\"updated_at\":\"2025-12-01 09:00:07\"}";
  private static final Map<String, String> ROWS = Map.of(
      "SPY",
      row("SPY", "etf", 652.91, "\"description\":\"SPDR S&P 500\",\"exch\":\"P\""),
      "SPX",
      row("SPX", "index", 6531.27, "\"description\":\"S&P 500 Index\",\"exch\":\"\""),
      "SPY251219C00650000",
      row("SPY251219C00650000", "option", 11.42, "\"open_interest\":15230" + GREEKS),
      "SPY251219P00650000",
      row("SPY251219P00650000", "option", 0, "\"open_interest\":9811,\"greeks\":null"));

  private FakeTradier server;
  private volatile Manner manner = Manner.KNOWS;

  private static String row(String symbol, String type, double last, String more) {
    return "{\"symbol\":\"" + symbol + "\",\"type\":\"" + type + "\",\"last\":"
        + (last == 0 ? "null" : last) + ",\"volume\":1204,\"bid\":" + (last + 1) + ",\"ask\":"
        + (last + 1.06)
        + ",\"bidsize\":4,\"asksize\":7,\"trade_date\":1764600605123,\"bid_date\":1764600605000,"
        + "\"ask_date\":1764600605000," + more + "}";
  }

  @Override
  public ProviderConfig start(Vertx vertx) {
    server = new FakeTradier(vertx);
    serve("/v1/markets/quotes", "quotes", () -> "");
    serve(
        "/v1/markets/options/expirations",
        "expirations",
        () -> "{\"date\":[\"2026-01-16\"," + "\"2025-12-19\"]}");
    serve(
        "/v1/markets/options/chains",
        "options",
        () -> "{\"option\":[" + ROWS.get("SPY251219C00650000") + ","
            + ROWS.get("SPY251219P00650000") + "]}");
    serve(
        "/v1/markets/history",
        "history",
        () -> "{\"day\":{\"date\":\"2025-12-01\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,"
            + "\"volume\":1}}");
    serve(
        "/v1/markets/timesales",
        "series",
        () -> "{\"data\":{\"timestamp\":1764600600,\"open\":1,\"high\":1,\"low\":1,\"close\":1,"
            + "\"volume\":1}}");
    serve(
        "/v1/markets/search",
        "securities",
        () -> "{\"security\":{\"symbol\":\"SPY\",\"exchange\":\"P\",\"type\":\"etf\","
            + "\"description\":\"SPDR S&P 500\"}}");
    serve("/v1/markets/lookup", "securities", () -> "null");
    serve("/v1/markets/clock", "clock", () -> "{\"state\":\"open\",\"timestamp\":1764601200}");
    server.start();
    return TradierConfig.from(Map.of(
        "tradier.access-token",
        FakeTradier.TOKEN,
        "tradier.base-url",
        server.url(),
        "tradier.ws-url",
        server.wsUrl(),
        "tradier.request-timeout",
        "2"));
  }

  @Override
  public void behave(Manner next) {
    manner = next;
  }

  @Override
  public String secret() {
    return FakeTradier.TOKEN;
  }

  private void serve(String path, String name, Supplier<String> known) {
    server.answer(path, request -> {
      switch (manner) {
        case KNOWS -> tell(request, name, name.equals("quotes") ? quotes() : known.get());
        case EMPTY -> tell(request, name, "null");
        case NO_SUCH_SYMBOL -> tell(request, name, name.equals("quotes") ? unmatched() : "null");
        case NOT_ALLOWED -> refuse(request, 403);
        case TOO_MANY -> refuse(request, 429);
        case FAULT -> refuse(request, 500);
        case UNREADABLE -> request.response().end(Payloads.text("answer.xml"));
      }
    });
  }

  private static void tell(HttpServerRequest request, String name, String value) {
    request.response().end("{\"" + name + "\":" + value + "}");
  }

  private static void refuse(HttpServerRequest request, int status) {
    request
        .response()
        .setStatusCode(status)
        .end("{\"fault\":{\"faultstring\":\"no " + FakeTradier.TOKEN + "\"}}");
  }

  private String quotes() {
    List<String> rows = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String symbol : symbols()) {
      if (ROWS.containsKey(symbol)) {
        rows.add(ROWS.get(symbol));
      } else {
        others.add("\"" + symbol + "\"");
      }
    }
    return "{\"quote\":" + collapsed(rows) + ",\"unmatched_symbols\":{\"symbol\":"
        + collapsed(others) + "}}";
  }

  private String unmatched() {
    return "{\"unmatched_symbols\":{\"symbol\":"
        + collapsed(symbols().stream().map(symbol -> "\"" + symbol + "\"").toList()) + "}}";
  }

  private List<String> symbols() {
    List<FakeTradier.Asked> asked = server.asked("/v1/markets/quotes");
    String body = asked.get(asked.size() - 1).body();
    String text = body.substring("symbols=".length(), body.indexOf('&'));
    return List.of(URLDecoder.decode(text, StandardCharsets.UTF_8).split(",", -1));
  }

  private static String collapsed(List<String> values) {
    if (values.isEmpty()) {
      return "null";
    }
    return values.size() == 1 ? values.get(0) : "[" + String.join(",", values) + "]";
  }
}
