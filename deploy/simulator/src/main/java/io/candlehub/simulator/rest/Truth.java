package io.candlehub.simulator.rest;

import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Timespan;
import io.candlehub.simulator.market.Windows;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bars as they truly were, whatever clients were told, and what the time without bars was. Safe anywhere, may block.
 */
public final class Truth {
  private static final int MOST_BARS = 50_000_000;

  private final MarketView view;
  private final TradingCalendar calendar;
  private final AggsEngine engine;

  /** Creates the truth about a market. */
  public Truth(MarketView view, AggsEngine engine) {
    this.view = view;
    this.calendar = view.calendar();
    this.engine = engine;
  }

  /**
   * Answers {@code /sim/truth}.
   *
   * @param params the query: ticker, timespan, multiplier, from, to, adjusted, and {@code asOf}, an earlier instant as
   *     which the market is looked at: without what was corrected later
   * @param nowMillis market time now
   */
  public Answer answer(Map<String, String> params, long nowMillis) {
    try {
      return found(read(params), asOf(params, nowMillis));
    } catch (BadRequest e) {
      return Answer.json(400, new JsonObject().put("error", e.getMessage()));
    }
  }

  private static long asOf(Map<String, String> params, long nowMillis) {
    String text = params.getOrDefault("asOf", Long.toString(nowMillis));
    try {
      return Math.min(nowMillis, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new BadRequest("The parameter 'asOf' is not epoch milliseconds: " + text);
    }
  }

  private AggsQuery read(Map<String, String> params) {
    for (String needed : List.of("ticker", "from", "to")) {
      if (!params.containsKey(needed)) {
        throw new BadRequest("The parameter '" + needed + "' is missing.");
      }
    }
    List<String> segments = List.of(
        params.get("ticker"),
        params.getOrDefault("multiplier", "1"),
        params.getOrDefault("timespan", "minute"),
        params.get("from"),
        params.get("to"));
    Map<String, String> query = Map.of("adjusted", params.getOrDefault("adjusted", "true"));
    AggsQuery read = AggsQuery.read(new Ask("", segments, query, "", 0, false), calendar);
    if (view.market().listing(read.ticker()).isEmpty()) {
      throw new BadRequest(
          "The parameter 'ticker' is not a symbol of this market: " + read.ticker());
    }
    return new AggsQuery(
        read.ticker(),
        read.multiplier(),
        read.timespan(),
        read.fromMillis(),
        read.toMillis(),
        read.adjusted(),
        false,
        MOST_BARS);
  }

  private Answer found(AggsQuery query, long nowMillis) {
    Bars bars = engine.find(query, nowMillis).bars();
    StringBuilder out = new StringBuilder(200 + bars.size() * 110);
    out.append("{\"marketMillis\":").append(nowMillis).append(",\"bars\":");
    AggsEndpoint.rows(out, bars, false, !query.ticker().startsWith("I:"));
    out.append(",\"intervals\":[");
    String separator = "";
    for (Interval interval : intervals(query, bars, nowMillis)) {
      out.append(separator).append("{\"from\":").append(interval.from).append(",\"to\":");
      out.append(interval.to).append(",\"state\":\"").append(interval.state).append("\"}");
      separator = ",";
    }
    return Answer.json(out.append("]}").toString());
  }

  private List<Interval> intervals(AggsQuery query, Bars bars, long nowMillis) {
    Windows windows = new Windows(query.multiplier(), query.timespan(), calendar);
    Runs runs = new Runs();
    long at = windows.startOf(query.fromMillis());
    long end = Math.min(windows.endOf(query.toMillis()), nowMillis);
    while (at < end) {
      LocalDate date = calendar.dateOf(at);
      long dayEnd = Math.min(end, calendar.startOf(date.plusDays(1)));
      if (query.timespan().isIntraday()) {
        day(query, date, new MarketView.Range(at, dayEnd), bars, windows, runs);
      } else if (calendar.day(date).isEmpty()) {
        runs.add(at, dayEnd, "closed");
      } else if (query.timespan() == Timespan.DAY && bars.between(at, at + 1).size() == 0) {
        runs.add(at, dayEnd, "quiet");
      }
      at = dayEnd;
    }
    return runs.list;
  }

  private void day(
      AggsQuery query,
      LocalDate date,
      MarketView.Range range,
      Bars bars,
      Windows windows,
      Runs runs) {
    Optional<TradingDay> day = calendar.day(date);
    if (day.isEmpty()) {
      runs.add(range.fromMillis(), range.toMillis(), "closed");
      return;
    }
    TradingDay sessions =
        TradingCalendar.of(Instrument.of(query.ticker())).day(date).orElse(day.get());
    long open = sessions.preOpenMillis();
    long close = sessions.postCloseMillis();
    runs.add(range.fromMillis(), Math.min(range.toMillis(), open), "closed");
    List<Halt> halts =
        view.day(query.ticker(), day.get(), Market.Detail.MINUTES).halts();
    long at = Math.max(range.fromMillis(), open);
    long last = Math.min(range.toMillis(), close);
    while (at < last) {
      long next = windows.endOf(at);
      long start = windows.startOf(at);
      int found = bars.firstAtOrAfter(start);
      boolean traded = found < bars.size() && bars.startMillis(found) == start;
      if (!traded && next <= last) {
        long from = at;
        boolean halted = halts.stream().anyMatch(halt -> halt.overlaps(from, next));
        runs.add(at, next, halted ? "halted" : "quiet");
      }
      at = next;
    }
    runs.add(Math.max(range.fromMillis(), close), range.toMillis(), "closed");
  }

  private record Interval(long from, long to, String state) {}

  private static final class Runs {
    private final List<Interval> list = new ArrayList<>();

    private void add(long from, long to, String state) {
      if (from >= to) {
        return;
      }
      Interval last = list.isEmpty() ? null : list.get(list.size() - 1);
      if (last != null && last.to == from && last.state.equals(state)) {
        list.set(list.size() - 1, new Interval(last.from, to, state));
      } else {
        list.add(new Interval(from, to, state));
      }
    }
  }
}
