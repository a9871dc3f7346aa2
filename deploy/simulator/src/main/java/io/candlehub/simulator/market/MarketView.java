package io.candlehub.simulator.market;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of a market at an instant: finished windows as published, corrected when the correction is due, and the
 * windows in progress folded from the seconds that have ended.
 *
 * <p>Holds the halts ordered from outside, which change the market itself. Threads: safe anywhere. Most methods may read
 * files and must not be called on an event loop.
 */
public final class MarketView {
  private final Market market;
  private final TradingCalendar calendar;
  private final Map<String, List<Halt>> ordered = new ConcurrentHashMap<>();

  /** Creates a view of a market. */
  public MarketView(Market market, TradingCalendar calendar) {
    this.market = market;
    this.calendar = calendar;
  }

  /** Returns the market looked at. */
  public Market market() {
    return market;
  }

  /** Returns the exchange's calendar. */
  public TradingCalendar calendar() {
    return calendar;
  }

  /** Halts a symbol for a time; trading that was to be in it never happens. */
  public void halt(String ticker, Halt halt) {
    ordered.merge(ticker, List.of(halt), (a, b) -> {
      List<Halt> both = new ArrayList<>(a);
      both.addAll(b);
      return List.copyOf(both);
    });
  }

  /** Forgets all halts ordered from outside that end after an instant, cutting the one in progress there. */
  public void endHalts(long nowMillis) {
    ordered.replaceAll((ticker, halts) -> halts.stream()
        .filter(halt -> halt.fromMillis() < nowMillis)
        .map(halt -> new Halt(halt.fromMillis(), Math.min(halt.toMillis(), nowMillis)))
        .toList());
  }

  /** Returns a symbol's day with halts cut out. May block. */
  public SymbolDay day(String ticker, TradingDay day, Market.Detail wanted) {
    List<Halt> cuts = ordered.getOrDefault(ticker, List.of()).stream()
        .filter(halt -> halt.overlaps(day.preOpenMillis(), day.postCloseMillis()))
        .toList();
    if (cuts.isEmpty()) {
      return market.day(ticker, day, wanted);
    }
    boolean minutesOnly = wanted == Market.Detail.MINUTES;
    return new HaltedDay(market.day(ticker, day, minutesOnly ? Market.Detail.BARS : wanted), cuts);
  }

  /** Returns the seconds of one day known at an instant that start in a half-open range. May block. */
  public Bars seconds(String ticker, TradingDay day, Range range, long nowMillis) {
    SymbolDay symbolDay = day(ticker, day, Market.Detail.BARS);
    long to = Math.min(range.toMillis(), nowMillis - 999);
    Bars first = symbolDay.seconds(range.fromMillis(), Math.max(range.fromMillis(), to));
    return corrected(first, symbolDay, nowMillis, true);
  }

  /** Returns the minutes of one day known at an instant that start in a half-open range. May block. */
  public Bars minutes(String ticker, TradingDay day, Range range, long nowMillis) {
    boolean inProgress = nowMillis >= day.preOpenMillis() && nowMillis < day.postCloseMillis();
    SymbolDay symbolDay = day(ticker, day, inProgress ? Market.Detail.BARS : Market.Detail.MINUTES);
    long current = Math.floorDiv(nowMillis, 60_000L) * 60_000L;
    Bars first = symbolDay
        .minutes()
        .between(
            range.fromMillis(), Math.max(range.fromMillis(), Math.min(range.toMillis(), current)));
    Bars known = corrected(first, symbolDay, nowMillis, false);
    if (inProgress && range.contains(current)) {
      Bars seconds = symbolDay.seconds(current, Math.max(current, nowMillis - 999));
      if (seconds.size() > 0) {
        known.add(seconds.fold(0, seconds.size(), current));
      }
    }
    return known;
  }

  private static Bars corrected(Bars first, SymbolDay day, long nowMillis, boolean seconds) {
    List<Correction> due = day.corrections().stream()
        .filter(correction -> correction.dueMillis() <= nowMillis)
        .toList();
    if (due.isEmpty()) {
      return first;
    }
    return first.map(row -> {
      BarRow known = row;
      for (Correction correction : due) {
        BarRow later = seconds ? correction.second() : correction.minute();
        known = later.startMillis() == row.startMillis() ? later : known;
      }
      return known;
    });
  }

  /**
   * Returns the days known at an instant, unadjusted, both dates included; the day in progress is rolled up from its
   * minutes so far. May block.
   */
  public Bars days(String ticker, LocalDate from, LocalDate to, long nowMillis) {
    LocalDate today = calendar.dateOf(nowMillis);
    Bars published = market.days(ticker, from, to.isBefore(today) ? to : today);
    Bars known = new Bars(published.size() + 1);
    for (int i = 0; i < published.size(); i++) {
      LocalDate date = calendar.dateOf(published.startMillis(i));
      Optional<TradingDay> day = calendar.day(date);
      if (day.isPresent() && (date.equals(today) || wasHalted(ticker, day.get()))) {
        rollUp(ticker, day.get(), nowMillis, known);
      } else {
        known.add(published.row(i));
      }
    }
    boolean listsToday = published.size() > 0
        && published.startMillis(published.size() - 1) == calendar.startOf(today);
    if (!listsToday && !to.isBefore(today) && !from.isAfter(today)) {
      calendar.day(today).ifPresent(day -> rollUp(ticker, day, nowMillis, known));
    }
    return known;
  }

  private boolean wasHalted(String ticker, TradingDay day) {
    return ordered.getOrDefault(ticker, List.of()).stream()
        .anyMatch(halt -> halt.overlaps(day.preOpenMillis(), day.postCloseMillis()));
  }

  private void rollUp(String ticker, TradingDay day, long nowMillis, Bars known) {
    if (nowMillis >= day.postCloseMillis() && !wasHalted(ticker, day)) {
      Bars published = market.days(ticker, day.date(), day.date());
      if (published.size() > 0) {
        known.add(published.row(0));
      }
      return;
    }
    Range session = new Range(day.preOpenMillis(), day.postCloseMillis());
    DayRollUp.of(minutes(ticker, day, session, nowMillis), day, calendar.startOf(day.date()))
        .ifPresent(known::add);
  }

  /**
   * A half-open range of time.
   *
   * @param fromMillis start, inclusive
   * @param toMillis end, exclusive
   */
  public record Range(long fromMillis, long toMillis) {
    /** Returns true if an instant lies inside. */
    public boolean contains(long millis) {
      return fromMillis <= millis && millis < toMillis;
    }
  }
}
