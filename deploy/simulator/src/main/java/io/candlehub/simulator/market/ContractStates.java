package io.candlehub.simulator.market;

import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.OptionBook;
import io.candlehub.simulator.option.Valuation;
import java.time.LocalDate;

/**
 * What is known of option contracts at an instant: of the session in progress or the last one before it. Threads: safe
 * anywhere; may take long or read files, so not on an event loop.
 */
public final class ContractStates {
  private final MarketView view;
  private final OptionBook book;

  /** Creates the states of a market's contracts. */
  public ContractStates(MarketView view) {
    this.view = view;
    this.book = view.market().options();
  }

  /** Returns what is known of a contract. */
  public ContractState of(Contract contract, long nowMillis) {
    TradingDay day = session(contract.ticker(), nowMillis);
    SymbolDay symbolDay = view.day(contract.ticker(), day, Market.Detail.QUOTES);
    Quotes quote = symbolDay.quoteAt(nowMillis);
    Valuation valuation =
        quote.size() == 0 ? Valuation.UNKNOWN : book.valuation(contract, quote.millis(0));
    return new ContractState(
        contract,
        quote,
        symbolDay.tradeAt(nowMillis),
        whole(contract.ticker(), day, nowMillis),
        previousClose(contract.ticker(), day),
        book.openInterest(contract, day.date()),
        valuation);
  }

  private TradingDay session(String ticker, long nowMillis) {
    TradingCalendar calendar = view.calendar();
    TradingDay day = calendar.atOrBefore(calendar.dateOf(nowMillis));
    long open = TradingCalendar.of(Instrument.of(ticker))
        .day(day.date())
        .map(TradingDay::openMillis)
        .orElse(day.openMillis());
    return nowMillis < open ? calendar.previous(day.date()) : day;
  }

  private Bars whole(String ticker, TradingDay day, long nowMillis) {
    MarketView.Range range = new MarketView.Range(day.preOpenMillis(), day.postCloseMillis());
    Bars minutes = view.minutes(ticker, day, range, nowMillis);
    Bars one = new Bars(1);
    if (minutes.size() > 0) {
      one.add(minutes.fold(0, minutes.size(), view.calendar().startOf(day.date())));
    }
    return one;
  }

  private double previousClose(String ticker, TradingDay day) {
    TradingDay before = view.calendar().previous(day.date());
    Bars minutes = view.day(ticker, before, Market.Detail.MINUTES).minutes();
    if (minutes.size() > 0) {
      return minutes.close(minutes.size() - 1);
    }
    Bars published = view.market().days(ticker, before.date(), before.date());
    return published.size() > 0 ? published.close(0) : Double.NaN;
  }

  /** Returns the last price of a share, a fund or an index at an instant, as a bar; without rows if there is none. */
  public Bars spot(String ticker, long nowMillis) {
    LocalDate date = view.calendar().dateOf(nowMillis);
    TradingDay day = view.calendar().atOrBefore(date);
    for (int back = 0; back < 3; back++) {
      MarketView.Range range = new MarketView.Range(day.preOpenMillis(), day.postCloseMillis());
      Bars minutes = view.minutes(ticker, day, range, nowMillis);
      if (minutes.size() > 0) {
        return minutes.between(minutes.startMillis(minutes.size() - 1), Long.MAX_VALUE);
      }
      day = view.calendar().previous(day.date());
    }
    return Bars.empty();
  }
}
