package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Split;
import io.candlehub.simulator.market.Timespan;
import io.candlehub.simulator.market.Windows;
import io.candlehub.simulator.option.Contract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds aggregates: base bars known at an instant, rolled up to windows that are always whole, cut at the limit of base
 * bars between two windows. Safe anywhere; may read files, so not on an event loop.
 */
public final class AggsEngine {
  private static final long DAY_MILLIS = 86_400_000;

  private final MarketView view;
  private final TradingCalendar calendar;

  /** Creates an engine over a market. */
  public AggsEngine(MarketView view) {
    this.view = view;
    this.calendar = view.calendar();
  }

  /** Returns the aggregates of a query known at an instant. May block. */
  public AggsResult find(AggsQuery query, long nowMillis) {
    Windows windows = new Windows(query.multiplier(), query.timespan(), calendar);
    long from = windows.startOf(query.fromMillis());
    long to = Math.min(windows.endOf(query.toMillis()), nowMillis + 1);
    if (view.market().listing(query.ticker()).isEmpty() || from >= to) {
      return new AggsResult(Bars.empty(), 0, false, 0);
    }
    MarketView.Range range = new MarketView.Range(from, to);
    Bars base = query.timespan().isIntraday()
        ? intraday(query, range, nowMillis)
        : days(query, range, nowMillis);
    Cut cut = cut(base, query, windows);
    Bars adjusted = query.adjusted() ? adjust(query.ticker(), base, cut, nowMillis) : base;
    Bars rolled = rollUp(adjusted, cut, windows);
    return new AggsResult(rolled, cut.to - cut.from, cut.isCut, cut.nextMillis);
  }

  private Bars days(AggsQuery query, MarketView.Range range, long nowMillis) {
    LocalDate asked = calendar.dateOf(Math.max(range.fromMillis(), 0));
    LocalDate oldest = view.market().firstIntraday(nowMillis);
    boolean cut = query.ticker().startsWith(Contract.PREFIX) && asked.isBefore(oldest);
    LocalDate from = cut ? oldest : asked;
    LocalDate to = calendar.dateOf(range.toMillis() - 1);
    return view.days(query.ticker(), from, to, nowMillis);
  }

  private Bars intraday(AggsQuery query, MarketView.Range range, long nowMillis) {
    List<TradingDay> days = tradingDays(range, nowMillis);
    if (query.descending()) {
      Collections.reverse(days);
    }
    List<Bars> parts = new ArrayList<>();
    int size = 0;
    for (TradingDay day : days) {
      Bars part = query.timespan() == Timespan.SECOND
          ? view.seconds(query.ticker(), day, range, nowMillis)
          : view.minutes(query.ticker(), day, range, nowMillis);
      parts.add(part);
      size += part.size();
      if (size > query.limit()) {
        break;
      }
    }
    if (query.descending()) {
      Collections.reverse(parts);
    }
    Bars base = new Bars(size);
    parts.forEach(part -> base.addAll(part, 0, part.size()));
    return base;
  }

  private List<TradingDay> tradingDays(MarketView.Range range, long nowMillis) {
    LocalDate first = calendar.dateOf(range.fromMillis());
    LocalDate oldest = view.market().firstIntraday(nowMillis);
    LocalDate from = first.isBefore(oldest) ? oldest : first;
    List<TradingDay> days = new ArrayList<>();
    Optional<TradingDay> day = view.market().nextIntraday(from.minusDays(1));
    while (day.isPresent() && day.get().preOpenMillis() < Math.min(range.toMillis(), nowMillis)) {
      days.add(day.get());
      day = view.market().nextIntraday(day.get().date());
    }
    return days;
  }

  private static Cut cut(Bars base, AggsQuery query, Windows windows) {
    int size = base.size();
    if (size <= query.limit()) {
      return new Cut(0, size, false, 0);
    }
    if (query.descending()) {
      int first = size - query.limit();
      long end = windows.endOf(base.startMillis(first - 1));
      int from = base.firstAtOrAfter(end);
      if (from == size) {
        from = base.firstAtOrAfter(windows.startOf(base.startMillis(size - 1)));
      }
      return new Cut(from, size, from > 0, windows.startOf(base.startMillis(from)) - 1);
    }
    int to = base.firstAtOrAfter(windows.startOf(base.startMillis(query.limit())));
    if (to == 0) {
      to = base.firstAtOrAfter(windows.endOf(base.startMillis(0)));
    }
    return new Cut(0, to, to < size, to < size ? windows.startOf(base.startMillis(to)) : 0);
  }

  private Bars rollUp(Bars base, Cut cut, Windows windows) {
    Bars rolled = new Bars(64);
    int i = cut.from;
    while (i < cut.to) {
      long end = windows.endOf(base.startMillis(i));
      int next = Math.min(cut.to, base.firstAtOrAfter(end));
      rolled.add(base.fold(i, next, windows.startOf(base.startMillis(i))));
      i = next;
    }
    return rolled;
  }

  private Bars adjust(String ticker, Bars base, Cut cut, long nowMillis) {
    LocalDate today = calendar.dateOf(nowMillis);
    List<Split> splits = view.market().splits(ticker).stream()
        .filter(split -> !split.executionDate().isAfter(today))
        .toList();
    if (splits.isEmpty() || cut.from == cut.to) {
      return base;
    }
    Bars adjusted = new Bars(base.size());
    long factorUntil = Long.MIN_VALUE;
    double factor = 1;
    for (int i = 0; i < base.size(); i++) {
      long start = base.startMillis(i);
      if (start >= factorUntil) {
        LocalDate date = calendar.dateOf(start);
        factor = factor(splits, date);
        factorUntil = Math.min(calendar.startOf(date.plusDays(1)), start + DAY_MILLIS);
      }
      adjusted.add(factor == 1 ? base.row(i) : scaled(base.row(i), factor));
    }
    return adjusted;
  }

  /** Returns what unadjusted prices of a date are multiplied with. */
  static double factor(List<Split> splits, LocalDate date) {
    double factor = 1;
    for (Split split : splits) {
      if (date.isBefore(split.executionDate())) {
        factor *= split.from() / split.to();
      }
    }
    return factor;
  }

  private static BarRow scaled(BarRow row, double factor) {
    return new BarRow(
        row.startMillis(),
        JsonText.round4(row.open() * factor),
        JsonText.round4(row.high() * factor),
        JsonText.round4(row.low() * factor),
        JsonText.round4(row.close() * factor),
        Math.rint(row.volume() / factor),
        row.vwap() * factor,
        row.count());
  }

  private record Cut(int from, int to, boolean isCut, long nextMillis) {}
}
