package io.candlehub.simulator.rest;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Trades and quotes one by one, and the last of each. Safe anywhere, may block. */
final class TickEndpoint {
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MOST = 50_000;
  private static final String SOLD_OUT_OF_SEQUENCE = "32";
  private static final long CHUNK = 10 * 60_000;

  private final MarketView view;
  private final TradingCalendar calendar;

  TickEndpoint(MarketView view) {
    this.view = view;
    this.calendar = view.calendar();
  }

  /** Answers {@code /v3/trades/{t}}. */
  Answer trades(Ask ask) {
    return page(ask, "/v3/trades/", Market.Detail.TRADES, (day, from, to, into) -> {
      Trades trades = day.trades(from, to);
      for (int i = 0; i < trades.size(); i++) {
        into.add(new Tick(trades.nanos(i), trade(trades, i, isOption(ask))));
      }
      addLate(day, from, to, ask.nowMillis(), into);
    });
  }

  private static void addLate(SymbolDay day, long from, long to, long nowMillis, List<Tick> into) {
    Trades late = new Trades(1);
    for (Correction correction : day.corrections()) {
      long millis = correction.second().startMillis() + 999;
      if (millis >= from && millis < to && correction.dueMillis() <= nowMillis) {
        long sequence = Math.floorMod(correction.dueMillis(), 86_400_000L) * 100;
        late.add(millis * 1_000_000, correction.price(), correction.size(), sequence);
        late.details(4, 1, SOLD_OUT_OF_SEQUENCE);
      }
    }
    for (int i = 0; i < late.size(); i++) {
      into.add(new Tick(late.nanos(i), trade(late, i, false)));
    }
    if (late.size() > 0) {
      into.sort(Comparator.comparingLong(Tick::nanos));
    }
  }

  /** Answers {@code /v3/quotes/{t}}. */
  Answer quotes(Ask ask) {
    return page(ask, "/v3/quotes/", Market.Detail.QUOTES, (day, from, to, into) -> {
      Quotes quotes = day.quotes(from, to);
      for (int i = 0; i < quotes.size(); i++) {
        into.add(new Tick(quotes.nanos(i), quote(quotes, i, isOption(ask))));
      }
    });
  }

  private static boolean isOption(Ask ask) {
    return ask.segment(0).startsWith("O:");
  }

  private static JsonObject trade(Trades trades, int i, boolean option) {
    JsonObject row = new JsonObject();
    if (!trades.conditions(i).isEmpty()) {
      row.put("conditions", Rows.conditions(trades.conditions(i)));
    }
    row.put("decimal_size", Rows.decimal((double) trades.shares(i)))
        .put("exchange", trades.exchange(i))
        .put("participant_timestamp", trades.nanos(i))
        .put("price", trades.price(i))
        .put("sequence_number", trades.sequence(i))
        .put("sip_timestamp", trades.nanos(i))
        .put("size", trades.shares(i));
    return option
        ? row
        : row.put("id", Long.toString(trades.sequence(i))).put("tape", trades.tape(i));
  }

  private static JsonObject quote(Quotes quotes, int i, boolean option) {
    Quotes.Side bid = quotes.bid(i);
    Quotes.Side ask = quotes.ask(i);
    JsonObject row = new JsonObject()
        .put("ask_exchange", ask.exchange())
        .put("ask_price", ask.price())
        .put("ask_size", ask.size())
        .put("bid_exchange", bid.exchange())
        .put("bid_price", bid.price())
        .put("bid_size", bid.size())
        .put("sequence_number", quotes.sequence(i))
        .put("sip_timestamp", quotes.nanos(i));
    return option
        ? row
        : row.put("conditions", new JsonArray().add(1))
            .put("participant_timestamp", quotes.nanos(i))
            .put("tape", quotes.tape(i));
  }

  private Answer page(Ask ask, String path, Market.Detail detail, Reader reader) {
    int limit = ask.limit(DEFAULT_LIMIT, MOST);
    boolean descending = !ask.param("order", "desc").equals("asc");
    TickRange range = TickRange.read(ask, calendar);
    List<Tick> found = collect(ask, detail, reader, range, descending, limit);
    int size = Math.min(limit, found.size());
    JsonArray rows = new JsonArray();
    found.subList(0, size).forEach(tick -> rows.add(tick.row()));
    JsonObject body = new JsonObject()
        .put("status", ask.okStatus())
        .put("request_id", ask.requestId())
        .put("results", rows);
    if (found.size() > size) {
      long last = found.get(size - 1).nanos();
      long told =
          found.subList(0, size).stream().filter(tick -> tick.nanos() == last).count();
      boolean same = last == found.get(0).nanos();
      long before = same ? range.skipped() : 0;
      body.put(
          "next_url",
          Pages.nextUrl(
              ask,
              path + ask.segment(0).replace(":", "%3A"),
              Map.of(
                  descending ? "timestamp.lte" : "timestamp.gte",
                  Long.toString(last),
                  "ap",
                  Long.toString(told + before))));
    }
    return Answer.json(body);
  }

  private List<Tick> collect(
      Ask ask,
      Market.Detail detail,
      Reader reader,
      TickRange range,
      boolean descending,
      int limit) {
    List<Tick> found = new ArrayList<>();
    long left = range.skipped();
    List<TradingDay> days = new ArrayList<>(calendar.between(
        later(range, ask.nowMillis()),
        calendar.dateOf(Math.min(ask.nowMillis(), range.lastMillis()))));
    if (descending) {
      Collections.reverse(days);
    }
    for (TradingDay day : days) {
      SymbolDay symbolDay = view.day(ask.segment(0), day, detail);
      for (long[] chunk : chunks(day, range, ask.nowMillis(), descending)) {
        List<Tick> part = new ArrayList<>();
        reader.read(symbolDay, chunk[0], chunk[1], part);
        if (descending) {
          Collections.reverse(part);
        }
        for (Tick tick : part) {
          if (range.holds(tick.nanos())) {
            boolean skipped = left > 0 && range.isEdge(tick.nanos(), descending);
            left -= skipped ? 1 : 0;
            if (!skipped) {
              found.add(tick);
            }
          }
        }
        if (found.size() > limit) {
          return found;
        }
      }
    }
    return found;
  }

  private LocalDate later(TickRange range, long nowMillis) {
    LocalDate oldest = view.market().firstIntraday(nowMillis);
    LocalDate asked = calendar.dateOf(range.firstMillis());
    return asked.isBefore(oldest) ? oldest : asked;
  }

  private static List<long[]> chunks(
      TradingDay day, TickRange range, long nowMillis, boolean descending) {
    List<long[]> chunks = new ArrayList<>();
    long from = Math.max(day.preOpenMillis(), range.firstMillis());
    long to = Math.min(day.postCloseMillis(), Math.min(nowMillis, range.lastMillis()) + 1);
    for (long at = from; at < to; at += CHUNK) {
      chunks.add(new long[] {at, Math.min(to, at + CHUNK)});
    }
    if (descending) {
      Collections.reverse(chunks);
    }
    return chunks;
  }

  /** Answers {@code /v2/last/nbbo/{t}}. */
  Answer lastQuote(Ask ask) {
    TradingDay day = calendar.atOrBefore(calendar.dateOf(ask.nowMillis()));
    for (int back = 0; back < 3; back++) {
      Quotes quotes = view.day(ask.segment(0), day, Market.Detail.QUOTES).quoteAt(ask.nowMillis());
      if (quotes.size() > 0) {
        Quotes.Side bid = quotes.bid(0);
        Quotes.Side offer = quotes.ask(0);
        return result(
            ask,
            new JsonObject()
                .put("T", ask.segment(0))
                .put("p", bid.price())
                .put("s", bid.size())
                .put("x", bid.exchange())
                .put("P", offer.price())
                .put("S", offer.size())
                .put("X", offer.exchange())
                .put("q", quotes.sequence(0))
                .put("t", quotes.nanos(0))
                .put("y", quotes.nanos(0))
                .put("z", quotes.tape(0)));
      }
      day = calendar.previous(day.date());
    }
    return Answer.tickerNotFound(ask.requestId());
  }

  /** Answers {@code /v2/last/trade/{t}}. */
  Answer lastTrade(Ask ask) {
    TradingDay day = calendar.atOrBefore(calendar.dateOf(ask.nowMillis()));
    for (int back = 0; back < 3; back++) {
      Trades trades = view.day(ask.segment(0), day, Market.Detail.TRADES).tradeAt(ask.nowMillis());
      if (trades.size() > 0) {
        return result(
            ask,
            new JsonObject()
                .put("T", ask.segment(0))
                .put("p", trades.price(0))
                .put("s", trades.shares(0))
                .put("ds", Rows.decimal((double) trades.shares(0)))
                .put("x", trades.exchange(0))
                .put("i", Long.toString(trades.sequence(0)))
                .put("c", Rows.conditions(trades.conditions(0)))
                .put("q", trades.sequence(0))
                .put("t", trades.nanos(0))
                .put("y", trades.nanos(0))
                .put("z", trades.tape(0)));
      }
      day = calendar.previous(day.date());
    }
    return Answer.tickerNotFound(ask.requestId());
  }

  private static Answer result(Ask ask, JsonObject results) {
    return Answer.json(new JsonObject()
        .put("status", ask.okStatus())
        .put("request_id", ask.requestId())
        .put("results", results));
  }

  private interface Reader {
    void read(SymbolDay day, long fromMillis, long toMillis, List<Tick> into);
  }

  private record Tick(long nanos, JsonObject row) {}
}
