package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The REST interface of this provider over the little market of the contract test. */
final class MassiveServer implements ProviderServer {
  private static final String SECRET = "key-of-the-account";
  private static final long DAY_START = 1_764_565_200_000L;

  private volatile Manner manner = Manner.KNOWS;

  @Override
  public ProviderConfig start(Vertx vertx) {
    FakeRest rest = new FakeRest(vertx);
    rest.start();
    rest.answer(this::answer);
    return MassiveConfig.from(Map.of(
        "massive.api-key",
        SECRET,
        "massive.rest-url",
        rest.url(),
        "massive.ws-url",
        "ws://127.0.0.1:1",
        "massive.request-timeout",
        "5"));
  }

  @Override
  public void behave(Manner newManner) {
    manner = newManner;
  }

  @Override
  public String secret() {
    return SECRET;
  }

  private void answer(HttpServerRequest request) {
    switch (manner) {
      case KNOWS -> say(request, 200, known(request));
      case EMPTY -> say(request, 200, new JsonObject().put("status", "OK").put("resultsCount", 0));
      case NO_SUCH_SYMBOL ->
        say(
            request,
            request.path().equals("/v3/snapshot") ? 200 : 404,
            request.path().equals("/v3/snapshot")
                ? results(new JsonArray().add(unknown(request.getParam("ticker.any_of"))))
                : new JsonObject().put("status", "NOT_FOUND").put("message", "Ticker not found."));
      case NOT_ALLOWED ->
        say(request, 403, new JsonObject().put("status", "NOT_AUTHORIZED").put("error", SECRET));
      case TOO_MANY -> {
        request.response().putHeader("Retry-After", "7");
        say(request, 429, new JsonObject().put("status", "ERROR").put("error", SECRET));
      }
      case FAULT -> say(request, 500, new JsonObject().put("status", "ERROR").put("error", SECRET));
      case UNREADABLE -> request.response().end("<html>" + SECRET + "</html>");
    }
  }

  private static void say(HttpServerRequest request, int status, JsonObject body) {
    request.response().setStatusCode(status).end(body.toBuffer());
  }

  private static JsonObject known(HttpServerRequest request) {
    String path = request.path();
    if (path.startsWith("/v2/aggs/ticker/")) {
      return results(new JsonArray().add(bar(path)));
    }
    if (path.startsWith("/v3/trades/")) {
      return firstOf(
          Payload.object(path.contains("O:") ? "trades.option" : "trades.rest"),
          Integer.parseInt(request.getParam("limit")));
    }
    return switch (path) {
      case "/v1/marketstatus/now" -> new JsonObject().put("market", "open");
      case "/v3/reference/tickers" -> results(new JsonArray().add(listing()));
      case "/v3/reference/tickers/SPY" -> new JsonObject().put("results", listing());
      case "/v3/reference/splits" ->
        results(new JsonArray()
            .add(new JsonObject()
                .put("execution_date", "2020-08-31")
                .put("split_from", 1)
                .put("split_to", 4)));
      case "/v3/reference/options/contracts" -> Payload.object("contracts");
      case "/v1/indicators/sma/SPY" ->
        new JsonObject()
            .put("status", "OK")
            .put("results", new JsonObject().put("values", new JsonArray().add(indicator())));
      case "/v3/snapshot/options/SPY" -> Payload.object("chain");
      case "/v3/snapshot/options/SPY/O:SPY251219C00650000" -> Payload.object("contract");
      case "/v3/snapshot" -> snapshots(List.of(request.getParam("ticker.any_of").split(",", -1)));
      default -> throw new AssertionError("nobody should ask " + request.uri());
    };
  }

  private static JsonObject results(JsonArray rows) {
    return new JsonObject().put("status", "OK").put("results", rows);
  }

  private static JsonObject bar(String path) {
    boolean isIndex = path.contains("I:");
    JsonObject bar = new JsonObject()
        .put("t", path.contains("/day/") ? DAY_START : NOW - 60_000)
        .put("o", 650.5)
        .put("h", 651)
        .put("l", 650)
        .put("c", 650.5);
    return isIndex ? bar : bar.put("v", 1_000);
  }

  private static JsonObject indicator() {
    return new JsonObject().put("timestamp", DAY_START).put("value", 650);
  }

  private static JsonObject listing() {
    return new JsonObject().put("ticker", "SPY").put("name", "A fund").put("type", "ETF");
  }

  private static JsonObject snapshots(List<String> tickers) {
    JsonArray rows = new JsonArray();
    for (String ticker : tickers) {
      rows.add(Payload.object("snapshots").getJsonArray("results").stream()
          .map(JsonObject.class::cast)
          .filter(row -> row.getString("ticker").equals(ticker))
          .findFirst()
          .orElseGet(() -> unknown(ticker)));
    }
    return results(rows);
  }

  private static JsonObject unknown(String ticker) {
    return new JsonObject().put("ticker", ticker).put("error", "NOT_FOUND");
  }

  private static JsonObject firstOf(JsonObject answer, int limit) {
    List<?> rows = answer.getJsonArray("results").getList();
    return answer.put("results", new JsonArray(rows.subList(0, Math.min(limit, rows.size()))));
  }
}
