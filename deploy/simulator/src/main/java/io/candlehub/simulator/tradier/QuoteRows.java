package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.ContractState;
import io.candlehub.simulator.market.ContractStates;
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
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** Writes quotes of shares, funds, indices and option contracts. Safe anywhere, may block. */
final class QuoteRows {
  private static final int YEAR_DAYS = 365;

  private final MarketView view;
  private final TradingCalendar calendar;
  private final ContractStates states;
  private final HourlyGreeks greeks;

  QuoteRows(MarketView view) {
    this.view = view;
    this.calendar = view.calendar();
    this.states = new ContractStates(view);
    this.greeks = new HourlyGreeks(view);
  }

  /** Returns the quote of a ticker; empty if there is no such contract or nothing is known. */
  Optional<JsonObject> row(String ticker, boolean withGreeks, long nowMillis) {
    if (ticker.startsWith(Contract.PREFIX)) {
      return view.market()
          .options()
          .contract(ticker, calendar.dateOf(nowMillis))
          .map(contract -> option(contract, withGreeks, nowMillis));
    }
    return DaySoFar.of(view, ticker, nowMillis).map(day -> share(ticker, day, nowMillis));
  }

  private JsonObject share(String ticker, DaySoFar day, long nowMillis) {
    Listing listing = view.market().listing(ticker).orElseThrow();
    boolean index = listing.type().equals("INDEX");
    String kind = listing.type().equals("ETF") ? "etf" : "stock";
    JsonObject row = new JsonObject()
        .put("symbol", Symbols.symbol(ticker))
        .put("description", listing.name())
        .put("exch", listing.primaryExchange().equals("XNAS") ? "Q" : index ? "" : "P")
        .put("type", index ? "index" : kind);
    prices(row, day, nowMillis);
    history(row, ticker, nowMillis);
    SymbolDay traded = view.day(ticker, day.day(), Market.Detail.TRADES);
    Trades trade = traded.tradeAt(nowMillis);
    row.put("last_volume", trade.size() > 0 ? trade.shares(0) : 0)
        .put("trade_date", trade.size() > 0 ? trade.millis(0) : day.updatedMillis());
    sides(row, view.day(ticker, day.day(), Market.Detail.QUOTES).quoteAt(nowMillis));
    return row.put("root_symbols", Symbols.symbol(ticker));
  }

  private static void prices(JsonObject row, DaySoFar day, long nowMillis) {
    BarRow whole = day.whole();
    row.put("last", day.last());
    change(row, day.last(), day.previousClose());
    row.put("volume", (long) whole.volume())
        .put("open", whole.open())
        .put("high", whole.high())
        .put("low", whole.low())
        .put("close", nowMillis >= day.day().closeMillis() ? whole.close() : null);
  }

  private static void change(JsonObject row, double last, double previous) {
    boolean known = !Double.isNaN(previous) && previous > 0;
    row.put("change", known ? JsonText.round4(last - previous) : null)
        .put(
            "change_percentage",
            known ? Math.round((last - previous) / previous * 10_000) / 100.0 : null)
        .put("prevclose", known ? previous : null);
  }

  private void history(JsonObject row, String ticker, long nowMillis) {
    LocalDate today = calendar.dateOf(nowMillis);
    Bars days = view.market().days(ticker, today.minusDays(YEAR_DAYS), today.minusDays(1));
    double volume = 0;
    double high = 0;
    double low = Double.MAX_VALUE;
    for (int i = 0; i < days.size(); i++) {
      volume += days.volume(i);
      high = Math.max(high, days.high(i));
      low = Math.min(low, days.low(i));
    }
    boolean any = days.size() > 0;
    row.put("average_volume", any ? Math.round(volume / days.size()) : 0)
        .put("week_52_high", any ? high : 0)
        .put("week_52_low", any ? low : 0);
  }

  private static void sides(JsonObject row, Quotes quote) {
    if (quote.size() == 0) {
      row.putNull("bid").put("bidsize", 0).putNull("bidexch").put("bid_date", 0);
      row.putNull("ask").put("asksize", 0).putNull("askexch").put("ask_date", 0);
      return;
    }
    Quotes.Side bid = quote.bid(0);
    Quotes.Side ask = quote.ask(0);
    row.put("bid", bid.price())
        .put("bidsize", bid.size())
        .put("bidexch", Symbols.exchange(bid.exchange()))
        .put("bid_date", quote.millis(0))
        .put("ask", ask.price())
        .put("asksize", ask.size())
        .put("askexch", Symbols.exchange(ask.exchange()))
        .put("ask_date", quote.millis(0));
  }

  /** Returns the quote of a listed contract. */
  JsonObject option(Contract contract, boolean withGreeks, long nowMillis) {
    ContractState state = states.of(contract, nowMillis);
    Trades trade = state.trade();
    JsonObject row = new JsonObject()
        .put("symbol", Symbols.symbol(contract.ticker()))
        .put("description", description(contract))
        .put("exch", "Z")
        .put("type", "option");
    if (state.session().size() > 0) {
      BarRow whole = state.session().row(0);
      row.put("last", whole.close());
      change(row, whole.close(), state.previousClose());
      row.put("volume", (long) whole.volume())
          .put("open", whole.open())
          .put("high", whole.high())
          .put("low", whole.low());
    } else {
      row.put("last", Double.isNaN(state.previousClose()) ? null : state.previousClose())
          .putNull("change")
          .put("volume", 0)
          .putNull("open")
          .putNull("high")
          .putNull("low")
          .putNull("change_percentage")
          .put("prevclose", Double.isNaN(state.previousClose()) ? null : state.previousClose());
    }
    row.putNull("close")
        .put("average_volume", 0)
        .put("last_volume", trade.size() > 0 ? trade.shares(0) : 0)
        .put("trade_date", trade.size() > 0 ? trade.millis(0) : 0)
        .put("week_52_high", 0)
        .put("week_52_low", 0);
    sides(row, state.quote());
    row.put("underlying", Symbols.symbol(contract.underlying()))
        .put("strike", contract.strike())
        .put("open_interest", Math.max(0, state.openInterest()))
        .put("contract_size", 100)
        .put("expiration_date", contract.expiration().toString())
        .put("expiration_type", expirationType(contract.expiration()))
        .put("option_type", contract.call() ? "call" : "put")
        .put("root_symbol", contract.root());
    return withGreeks ? row.put("greeks", greeks.of(state, nowMillis).orElse(null)) : row;
  }

  private static String description(Contract contract) {
    String month = contract.expiration().getMonth().name();
    return Symbols.symbol(contract.underlying()) + " " + month.charAt(0)
        + month.substring(1, 3).toLowerCase(Locale.ROOT) + " "
        + contract.expiration().getDayOfMonth() + " " + contract.expiration().getYear() + " $"
        + String.format(Locale.ROOT, "%.2f", contract.strike())
        + (contract.call() ? " Call" : " Put");
  }

  /** Returns what a kind of expiration is called: standard on third Fridays and the Saturdays after them. */
  static String expirationType(LocalDate date) {
    LocalDate friday = date.getDayOfWeek() == DayOfWeek.SATURDAY ? date.minusDays(1) : date;
    boolean third = friday.getDayOfMonth() > 14 && friday.getDayOfMonth() <= 21;
    return third && friday.getDayOfWeek() == DayOfWeek.FRIDAY ? "standard" : "weeklys";
  }
}
