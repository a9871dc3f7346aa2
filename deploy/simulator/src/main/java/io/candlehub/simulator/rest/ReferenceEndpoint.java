package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Split;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is listed, and the splits. Safe anywhere. */
final class ReferenceEndpoint {
  private static final int DEFAULT_TICKERS = 100;
  private static final int DEFAULT_SPLITS = 10;
  private static final int MOST = 1_000;

  private final MarketView view;
  private final TradingCalendar calendar;

  ReferenceEndpoint(MarketView view) {
    this.view = view;
    this.calendar = view.calendar();
  }

  /** Answers {@code /v3/reference/tickers}. */
  Answer tickers(Ask ask) {
    int limit = ask.limit(DEFAULT_TICKERS, MOST);
    String search = ask.param("search", "").toLowerCase(Locale.ROOT);
    Stream<Listing> found = view.market().listings().stream()
        .filter(listing -> fits(ask, "ticker", listing.ticker()))
        .filter(listing -> ask.param("type", listing.type()).equals(listing.type()))
        .filter(listing -> listing.ticker().toLowerCase(Locale.ROOT).contains(search)
            || listing.name().toLowerCase(Locale.ROOT).contains(search));
    boolean none = !ask.param("market", "stocks").equals("stocks")
        || ask.param("active", "true").equals("false");
    List<JsonObject> rows =
        none ? List.of() : found.map(listing -> row(listing, ask.nowMillis())).toList();
    return page(ask, "/v3/reference/tickers", rows, limit);
  }

  private JsonObject row(Listing listing, long nowMillis) {
    return new JsonObject()
        .put("ticker", listing.ticker())
        .put("name", listing.name())
        .put("market", "stocks")
        .put("locale", "us")
        .put("primary_exchange", listing.primaryExchange())
        .put("type", listing.type())
        .put("active", true)
        .put("currency_name", "usd")
        .put("last_updated_utc", calendar.dateOf(nowMillis) + "T00:00:00Z");
  }

  /** Answers {@code /v3/reference/tickers/{t}}. */
  Answer ticker(Ask ask) {
    return view.market()
        .listing(ask.segment(0))
        .map(listing -> Answer.json(new JsonObject()
            .put("request_id", ask.requestId())
            .put("results", row(listing, ask.nowMillis()))
            .put("status", "OK")))
        .orElseGet(() -> Answer.tickerNotFound(ask.requestId()));
  }

  /** Answers {@code /v3/reference/splits}, newest first unless asked otherwise. */
  Answer splits(Ask ask) {
    int limit = ask.limit(DEFAULT_SPLITS, MOST);
    LocalDate today = calendar.dateOf(ask.nowMillis());
    String ticker = ask.param("ticker", "");
    Stream<String> tickers = ticker.isEmpty()
        ? view.market().listings().stream().map(Listing::ticker)
        : Stream.of(ticker);
    List<Split> found = new ArrayList<>(tickers
        .flatMap(name -> view.market().splits(name).stream())
        .filter(split -> !split.executionDate().isAfter(today))
        .filter(split -> fits(ask, "execution_date", split.executionDate().toString()))
        .sorted(Comparator.comparing(Split::executionDate).thenComparing(Split::ticker))
        .toList());
    if (!ask.param("order", "desc").equals("asc")) {
      Collections.reverse(found);
    }
    List<JsonObject> rows = found.stream()
        .map(split -> new JsonObject()
            .put("id", split.ticker() + "-" + split.executionDate())
            .put("ticker", split.ticker())
            .put("execution_date", split.executionDate().toString())
            .put("split_from", number(split.from()))
            .put("split_to", number(split.to())))
        .toList();
    return page(ask, "/v3/reference/splits", rows, limit);
  }

  private static Number number(double value) {
    return value == Math.rint(value) ? (Number) (long) value : (Number) value;
  }

  private static boolean fits(Ask ask, String field, String value) {
    return value.equals(ask.param(field, value))
        && value.compareTo(ask.param(field + ".gte", value)) >= 0
        && value.compareTo(ask.param(field + ".lte", value)) <= 0
        && (!ask.query().containsKey(field + ".gt")
            || value.compareTo(ask.param(field + ".gt", "")) > 0)
        && (!ask.query().containsKey(field + ".lt")
            || value.compareTo(ask.param(field + ".lt", "")) < 0);
  }

  private static Answer page(Ask ask, String path, List<JsonObject> rows, int limit) {
    int from = Math.min(rows.size(), offset(ask));
    int to = Math.min(rows.size(), from + limit);
    JsonObject body = new JsonObject()
        .put("results", new JsonArray(rows.subList(from, to)))
        .put("status", "OK")
        .put("request_id", ask.requestId())
        .put("count", to - from);
    if (to < rows.size()) {
      body.put("next_url", ask.base() + path + "?cursor=" + cursor(ask, to));
    }
    return Answer.json(body);
  }

  private static int offset(Ask ask) {
    try {
      return Math.max(0, Integer.parseInt(ask.param("ap", "0")));
    } catch (NumberFormatException e) {
      throw new BadRequest("The parameter 'cursor' could not be parsed.");
    }
  }

  private static String cursor(Ask ask, int next) {
    StringBuilder rest = new StringBuilder("ap=").append(next);
    ask.query().forEach((name, value) -> {
      if (!name.equals("ap") && !name.equals("cursor") && !name.equals("apiKey")) {
        rest.append('&').append(name).append('=');
        rest.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    });
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(rest.toString().getBytes(StandardCharsets.UTF_8));
  }
}
