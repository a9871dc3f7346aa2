package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Split;
import io.candlehub.simulator.market.SymbolDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The invented market. It has two years of days and six weeks of minutes and seconds behind it, and no end.
 *
 * <p>Threads: safe anywhere; drawing a day takes up to some ten milliseconds, so not on an event loop.
 */
public final class SyntheticMarket implements Market {
  private static final int KEPT_DAYS = 400;
  private static final int INTRADAY_DAYS = 44;
  private static final int DAILY_YEARS = 2;

  private final long seed;
  private final TradingCalendar calendar;
  private final SortedMap<String, Symbol> symbols = Universe.load();
  private final long startMillis;
  private final LocalDate firstDaily;
  private final Map<DayKey, SyntheticDay> kept =
      Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DayKey, SyntheticDay> eldest) {
          return size() > KEPT_DAYS;
        }
      });

  /**
   * Creates the market of a seed.
   *
   * @param seed same seed, same market
   * @param calendar the exchange's calendar
   * @param wallNow the wall clock's time; its date decides where the market starts
   */
  public SyntheticMarket(long seed, TradingCalendar calendar, Instant wallNow) {
    this.seed = seed;
    this.calendar = calendar;
    LocalDate date =
        calendar.atOrBefore(calendar.dateOf(wallNow.toEpochMilli())).date();
    this.startMillis =
        date.atTime(LocalTime.of(10, 0)).atZone(calendar.zone()).toInstant().toEpochMilli();
    this.firstDaily = date.minusYears(DAILY_YEARS);
  }

  @Override
  public String id() {
    return "sim-" + seed;
  }

  @Override
  public List<Listing> listings() {
    return symbols.values().stream().map(Symbol::listing).toList();
  }

  @Override
  public Optional<Listing> listing(String ticker) {
    return Optional.ofNullable(symbols.get(ticker)).map(Symbol::listing);
  }

  @Override
  public List<Split> splits(String ticker) {
    Symbol symbol = symbols.get(ticker);
    return symbol == null ? List.of() : SyntheticSplits.of(symbol, calendar);
  }

  @Override
  public SymbolDay day(String ticker, TradingDay day, Detail wanted) {
    Symbol symbol = symbols.get(ticker);
    if (symbol == null) {
      return SymbolDay.quiet(ticker, day);
    }
    DayKey key = new DayKey(ticker, day.date());
    SyntheticDay found = kept.get(key);
    if (found == null) {
      found = new SyntheticDay(seed, symbol, day, DayPlan.draw(seed, symbol, day, calendar));
      kept.put(key, found);
    }
    return found;
  }

  @Override
  public Bars days(String ticker, LocalDate from, LocalDate to) {
    Symbol symbol = symbols.get(ticker);
    if (symbol == null) {
      return Bars.empty();
    }
    Bars bars = new Bars(64);
    LocalDate first = from.isBefore(firstDaily) ? firstDaily : from;
    for (TradingDay day : calendar.between(first, to)) {
      DayPlan plan = DayPlan.draw(seed, symbol, day, calendar);
      bars.add(plan.bar(calendar.startOf(day.date())));
    }
    return bars;
  }

  @Override
  public LocalDate firstIntraday(long nowMillis) {
    return calendar.dateOf(nowMillis).minusDays(INTRADAY_DAYS);
  }

  @Override
  public Optional<TradingDay> nextIntraday(LocalDate date) {
    return Optional.of(calendar.next(date));
  }

  @Override
  public long startMillis() {
    return startMillis;
  }

  @Override
  public long endMillis() {
    return Long.MAX_VALUE;
  }

  private record DayKey(String ticker, LocalDate date) {}
}
