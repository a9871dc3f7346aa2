package io.candlehub.simulator.rest;

import io.candlehub.model.Instrument;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.DaySoFar;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.candlehub.simulator.option.Contract;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The snapshots of any class, errors among the rows. Safe anywhere, may block. */
final class UnifiedEndpoint {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MOST = 250;

  private final MarketView view;
  private final TradingCalendar calendar;
  private final OptionRows options;

  UnifiedEndpoint(MarketView view, OptionRows options) {
    this.view = view;
    this.calendar = view.calendar();
    this.options = options;
  }

  /** Answers {@code /v3/snapshot/indices}. */
  Answer indices(Ask ask) {
    List<String> tickers =
        wanted(ask, view.market().indices().stream().map(Listing::ticker).toList());
    return Pages.page(
            ask,
            "/v3/snapshot/indices",
            tickers,
            ask.limit(DEFAULT_LIMIT, MOST),
            ticker -> ticker.startsWith("I:") ? index(ask, ticker) : notFound(ticker))
        .answer();
  }

  /** Answers {@code /v3/snapshot}. */
  Answer all(Ask ask) {
    String type = ask.param("type", "");
    List<String> tickers =
        wanted(ask, view.market().listings().stream().map(Listing::ticker).toList()).stream()
            .filter(ticker -> type.isEmpty() || type.equals(type(ticker)))
            .toList();
    return Pages.page(
            ask,
            "/v3/snapshot",
            tickers,
            ask.limit(DEFAULT_LIMIT, MOST),
            ticker -> row(ask, ticker))
        .answer();
  }

  private static List<String> wanted(Ask ask, List<String> all) {
    String list = ask.param("ticker.any_of", ask.param("ticker", ""));
    if (list.isEmpty()) {
      return all.stream().filter(ticker -> Pages.fits(ask, "ticker", ticker)).toList();
    }
    List<String> tickers = List.of(list.split(",", -1));
    if (tickers.size() > MOST) {
      throw new BadRequest("The parameter 'ticker.any_of' must not have more than 250 tickers.");
    }
    return tickers.stream().sorted().toList();
  }

  private static String type(String ticker) {
    if (ticker.startsWith("I:")) {
      return "indices";
    }
    return ticker.startsWith(Contract.PREFIX) ? "options" : "stocks";
  }

  private JsonObject row(Ask ask, String ticker) {
    return switch (type(ticker)) {
      case "indices" -> index(ask, ticker);
      case "options" -> option(ask, ticker);
      default -> share(ask, ticker);
    };
  }

  private static JsonObject notFound(String ticker) {
    return new JsonObject()
        .put("ticker", ticker)
        .put("error", "NOT_FOUND")
        .put("message", "Ticker not found.");
  }

  private JsonObject option(Ask ask, String ticker) {
    Optional<Contract> contract =
        view.market().options().contract(ticker, calendar.dateOf(ask.nowMillis()));
    if (contract.isEmpty()) {
      return notFound(ticker);
    }
    Bars spot = options.spot(contract.get().underlying(), ask.nowMillis());
    JsonObject row = options.row(ask, contract.get(), spot);
    JsonObject day = (JsonObject) row.remove("day");
    day.remove("last_updated");
    day.remove("vwap");
    if (day.containsKey("close")) {
      day.put("price", day.getValue("close"));
    }
    return row.put("ticker", ticker)
        .put("type", "options")
        .put("name", ticker)
        .put("market_status", status(ticker, ask.nowMillis()))
        .put("session", day);
  }

  private JsonObject index(Ask ask, String ticker) {
    Optional<Listing> listing = view.market().listing(ticker);
    Optional<DaySoFar> day = listing.flatMap(found -> DaySoFar.of(view, ticker, ask.nowMillis()));
    if (day.isEmpty()) {
      return notFound(ticker);
    }
    JsonObject session = Rows.prices(day.get().whole());
    Rows.putChange(session, day.get().last(), day.get().previousClose());
    return new JsonObject()
        .put("ticker", ticker)
        .put("name", listing.get().name())
        .put("type", "indices")
        .put("market_status", status(ticker, ask.nowMillis()))
        .put("value", day.get().last())
        .put("last_updated", Rows.nanos(day.get().updatedMillis()))
        .put("timeframe", Rows.timeframe(ask))
        .put("session", session);
  }

  private JsonObject share(Ask ask, String ticker) {
    Optional<Listing> listing = view.market().listing(ticker);
    Optional<DaySoFar> found = listing.flatMap(share -> DaySoFar.of(view, ticker, ask.nowMillis()));
    if (found.isEmpty()) {
      return notFound(ticker);
    }
    DaySoFar day = found.get();
    JsonObject session = Rows.prices(day.whole())
        .put("price", day.last())
        .put("volume", day.whole().volume())
        .put("decimal_volume", Rows.decimal(day.whole().volume()));
    Rows.putChange(session, day.last(), day.previousClose());
    JsonObject row = new JsonObject()
        .put("ticker", ticker)
        .put("name", listing.get().name())
        .put("type", "stocks")
        .put("market_status", status(ticker, ask.nowMillis()))
        .put("session", session)
        .put("last_minute", minute(day.minute()));
    SymbolDay symbolDay = view.day(ticker, day.day(), Market.Detail.QUOTES);
    Quotes quote = symbolDay.quoteAt(ask.nowMillis());
    if (quote.size() > 0) {
      row.put("last_quote", Rows.lastQuote(ask, quote));
    }
    Trades trade = view.day(ticker, day.day(), Market.Detail.TRADES).tradeAt(ask.nowMillis());
    if (trade.size() > 0) {
      row.put("last_trade", Rows.lastTrade(ask, trade).put("id", Long.toString(trade.sequence(0))));
    }
    return row;
  }

  private static JsonObject minute(BarRow bar) {
    return Rows.prices(bar)
        .put("volume", bar.volume())
        .put("vwap", JsonText.round4(bar.vwap()))
        .put("transactions", bar.count());
  }

  private String status(String ticker, long nowMillis) {
    SessionPhase phase = TradingCalendar.of(Instrument.of(ticker)).phaseAt(nowMillis);
    return switch (phase) {
      case OPEN -> "open";
      case PRE -> "early_trading";
      case POST -> "late_trading";
      case CLOSED -> "closed";
    };
  }
}
