package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.DayRollUp;
import io.candlehub.simulator.market.Drift;
import io.candlehub.simulator.market.DriftedDay;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Split;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.OptionBook;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The invented market. It has two years of days and six weeks of minutes and seconds behind it, and no end.
 *
 * <p>Threads: safe anywhere; drawing a day takes up to some ten milliseconds, so not on an event loop.
 */
public final class SyntheticMarket implements Market, SyntheticOptions.Shares {
  private static final int KEPT_DAYS = 400;
  private static final int INTRADAY_DAYS = 44;
  private static final int DAILY_YEARS = 2;

  private final long seed;
  private final TradingCalendar calendar;
  private final SortedMap<String, Symbol> symbols = Universe.load();
  private final long startMillis;
  private final LocalDate firstDaily;
  private final Map<String, List<Drift>> drifts = new ConcurrentHashMap<>();
  private final SyntheticOptions options;
  private final SyntheticIndices indices;
  private final Map<DayKey, SymbolDay> kept =
      Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DayKey, SymbolDay> eldest) {
          return size() > KEPT_DAYS;
        }
      });

  /** Returns the dividend yields, continuous, that option prices are made with, by underlying; no entry is a yield of 0. */
  public static Map<String, Double> dividendYields() {
    return Optionable.ALL.stream()
        .filter(each -> each.yield() > 0)
        .collect(Collectors.toMap(Optionable::name, Optionable::yield));
  }

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
    this.options = new SyntheticOptions(seed, calendar, this);
    this.indices = new SyntheticIndices(calendar, this, options);
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
  public List<Listing> indices() {
    return indices.all();
  }

  @Override
  public OptionBook options() {
    return options;
  }

  @Override
  public Optional<Listing> listing(String ticker) {
    if (ticker.startsWith("I:")) {
      return indices.listing(ticker);
    }
    if (ticker.startsWith(Contract.PREFIX)) {
      return options.isContract(ticker)
          ? Optional.of(new Listing(ticker, ticker, "", "OPTION"))
          : Optional.empty();
    }
    return Optional.ofNullable(symbols.get(ticker)).map(Symbol::listing);
  }

  @Override
  public List<Split> splits(String ticker) {
    Symbol symbol = symbols.get(ticker);
    return symbol == null ? List.of() : SyntheticSplits.of(symbol, calendar);
  }

  @Override
  public SymbolDay day(String ticker, TradingDay day, Detail wanted) {
    if (ticker.startsWith("I:")) {
      return indices.day(ticker, day);
    }
    return ticker.startsWith(Contract.PREFIX)
        ? options.prepared(ticker, day, wanted)
        : day(ticker, day);
  }

  @Override
  public SymbolDay day(String ticker, TradingDay day) {
    Symbol symbol = symbols.get(ticker);
    if (symbol == null) {
      return SymbolDay.quiet(ticker, day);
    }
    List<Drift> moves = drifts(ticker, day.date());
    DayKey key = new DayKey(ticker, day.date(), moves.size());
    SymbolDay found = kept.get(key);
    if (found == null) {
      found = new SyntheticDay(seed, symbol, day, DayPlan.draw(seed, symbol, day, calendar));
      for (Drift move : moves) {
        found = new DriftedDay(found, move);
      }
      kept.put(key, found);
    }
    return found;
  }

  private List<Drift> drifts(String ticker, LocalDate date) {
    return drifts.getOrDefault(ticker, List.of()).stream()
        .filter(drift -> calendar.dateOf(drift.fromMillis()).equals(date))
        .toList();
  }

  @Override
  public boolean drift(String ticker, Drift drift) {
    if (!symbols.containsKey(ticker)) {
      return false;
    }
    drifts.merge(
        ticker,
        List.of(drift),
        (before, added) -> Stream.concat(before.stream(), added.stream()).toList());
    return true;
  }

  @Override
  public int moves(String ticker) {
    return drifts.getOrDefault(ticker, List.of()).size();
  }

  @Override
  public Bars days(String ticker, LocalDate from, LocalDate to) {
    LocalDate first = from.isBefore(firstDaily) ? firstDaily : from;
    if (ticker.startsWith("I:")) {
      return indices.days(ticker, first, to);
    }
    return ticker.startsWith(Contract.PREFIX)
        ? contractDays(ticker, first, to)
        : shareDays(ticker, first, to);
  }

  private Bars contractDays(String ticker, LocalDate from, LocalDate to) {
    Bars bars = new Bars(64);
    for (TradingDay day : calendar.between(from, to)) {
      DayRollUp.of(options.day(ticker, day).minutes(), day, calendar.startOf(day.date()))
          .ifPresent(bars::add);
    }
    return bars;
  }

  private Bars shareDays(String ticker, LocalDate from, LocalDate to) {
    Symbol symbol = symbols.get(ticker);
    if (symbol == null) {
      return Bars.empty();
    }
    Bars bars = new Bars(64);
    for (TradingDay day : calendar.between(from, to)) {
      long start = calendar.startOf(day.date());
      if (drifts(ticker, day.date()).isEmpty()) {
        bars.add(DayPlan.draw(seed, symbol, day, calendar).bar(start));
      } else {
        DayRollUp.of(day(ticker, day).minutes(), day, start).ifPresent(bars::add);
      }
    }
    return bars;
  }

  @Override
  public boolean isSplit(String ticker) {
    return !splits(ticker).isEmpty();
  }

  @Override
  public double closeBefore(String ticker, LocalDate date) {
    TradingDay before = calendar.previous(date);
    return DayPlan.draw(seed, symbols.get(ticker), before, calendar).regular().close() / 100.0;
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

  private record DayKey(String ticker, LocalDate date, int moves) {}
}
