package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Split;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which shares, funds and indices are listed, and the splits. Safe anywhere. */
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
    boolean indices = ask.param("market", "stocks").equals("indices");
    List<Listing> all = indices ? view.market().indices() : view.market().listings();
    Stream<Listing> found = all.stream()
        .filter(listing -> Pages.fits(ask, "ticker", listing.ticker()))
        .filter(listing -> ask.param("type", listing.type()).equals(listing.type()))
        .filter(listing -> listing.ticker().toLowerCase(Locale.ROOT).contains(search)
            || listing.name().toLowerCase(Locale.ROOT).contains(search));
    boolean none = !(indices || ask.param("market", "stocks").equals("stocks"))
        || ask.param("active", "true").equals("false");
    List<JsonObject> rows =
        none ? List.of() : found.map(listing -> row(listing, ask.nowMillis())).toList();
    return Pages.page(ask, "/v3/reference/tickers", rows, limit);
  }

  private JsonObject row(Listing listing, long nowMillis) {
    if (listing.type().equals("INDEX")) {
      return new JsonObject()
          .put("ticker", listing.ticker())
          .put("name", listing.name())
          .put("market", "indices")
          .put("locale", "us")
          .put("active", true);
    }
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
        .filter(listing -> !listing.type().equals("OPTION"))
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
        .filter(split -> Pages.fits(ask, "execution_date", split.executionDate().toString()))
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
            .put("split_from", Pages.plain(split.from()))
            .put("split_to", Pages.plain(split.to())))
        .toList();
    return Pages.page(ask, "/v3/reference/splits", rows, limit);
  }
}
