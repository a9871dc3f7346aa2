package io.candlehub.simulator.synthetic;

import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.KnownDay;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The invented indices: two follow a fund at a fixed ratio, the third tells the volatility of the first. Values come
 * every second in which the fund trades, after its close and for the third every fifteen seconds. Safe anywhere.
 */
final class SyntheticIndices {
  static final String SPX = "I:SPX";
  static final String NDX = "I:NDX";
  static final String VIX = "I:VIX";

  private static final long EVERY = 15_000;
  private static final List<Listing> ALL = List.of(
      new Listing(NDX, "Nasdaq 100", "", "INDEX"),
      new Listing(SPX, "S&P 500", "", "INDEX"),
      new Listing(VIX, "Cboe Volatility Index", "", "INDEX"));

  private final TradingCalendar calendar;
  private final SyntheticOptions.Shares shares;
  private final SyntheticOptions options;
  private final Recent<String, SymbolDay> days = new Recent<>(12);

  SyntheticIndices(
      TradingCalendar calendar, SyntheticOptions.Shares shares, SyntheticOptions options) {
    this.calendar = calendar;
    this.shares = shares;
    this.options = options;
  }

  List<Listing> all() {
    return ALL;
  }

  Optional<Listing> listing(String ticker) {
    return ALL.stream().filter(index -> index.ticker().equals(ticker)).findFirst();
  }

  private static String source(String ticker) {
    return ticker.equals(NDX) ? "QQQ" : "SPY";
  }

  private static double ratio(String ticker) {
    return ticker.equals(NDX) ? Optionable.NDX_BY_QQQ : Optionable.SPX_BY_SPY;
  }

  SymbolDay day(String ticker, TradingDay day) {
    if (listing(ticker).isEmpty()) {
      return SymbolDay.quiet(ticker, day);
    }
    int moves = shares.moves(source(ticker));
    return days.of(ticker + " " + day.date() + " " + moves, () -> {
      Bars seconds = ticker.equals(VIX) ? volatility(day) : following(ticker, day);
      return new KnownDay(ticker, day, seconds.minutes(), seconds, Trades.empty(), Quotes.empty());
    });
  }

  private static long close(String ticker, TradingDay day) {
    return TradingCalendar.of(Instrument.of(ticker)).day(day.date()).orElse(day).closeMillis();
  }

  private Bars following(String ticker, TradingDay day) {
    SymbolDay fund = shares.day(source(ticker), day);
    Map<Long, BarRow> corrected = new HashMap<>();
    for (Correction correction : fund.corrections()) {
      corrected.put(correction.second().startMillis(), correction.second());
    }
    Bars values = fund.seconds(day.openMillis(), day.closeMillis())
        .map(row -> scaled(corrected.getOrDefault(row.startMillis(), row), ratio(ticker)));
    long end = close(ticker, day);
    if (values.size() > 0) {
      double last = values.close(values.size() - 1);
      for (long at = day.closeMillis(); at < end; at += EVERY) {
        values.add(at, last, last, last, last, 0);
      }
    }
    return values;
  }

  private static BarRow scaled(BarRow row, double ratio) {
    return new BarRow(
        row.startMillis(),
        round(row.open() * ratio),
        round(row.high() * ratio),
        round(row.low() * ratio),
        round(row.close() * ratio),
        0,
        0,
        0);
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private Bars volatility(TradingDay day) {
    Bars values = new Bars(2_000);
    double before = volatilityAt(day.openMillis() - EVERY);
    for (long at = day.openMillis(); at < close(VIX, day); at += EVERY) {
      double value = volatilityAt(at);
      values.add(at, before, Math.max(before, value), Math.min(before, value), value, 0);
      before = value;
    }
    return values;
  }

  private double volatilityAt(long millis) {
    return round(100 * options.level(SPX, millis));
  }

  /** Returns the days of a range: prices of the stock exchanges' regular session. */
  Bars days(String ticker, LocalDate from, LocalDate to) {
    Bars found = new Bars(64);
    if (ticker.equals(VIX)) {
      for (TradingDay day : calendar.between(from, to)) {
        Bars values = volatility(day);
        int last = values.firstAtOrAfter(day.closeMillis());
        found.add(values.fold(0, last, calendar.startOf(day.date())));
      }
    } else if (listing(ticker).isPresent()) {
      return shares.days(source(ticker), from, to).map(fund -> scaled(fund, ratio(ticker)));
    }
    return found;
  }
}
