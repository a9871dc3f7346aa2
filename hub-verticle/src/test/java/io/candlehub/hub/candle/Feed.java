package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Composes feed events and history answers for tests. */
final class Feed {
  static final Instrument SPY = Instrument.of("SPY");
  static final TradingCalendar NYSE = TradingCalendar.nyse();
  static final long MINUTE = 60_000;
  static final long CONFIRM_DELAY = 5_000;

  private Feed() {}

  /** Returns the epoch millis of a New York time such as {@code 2013-10-07T10:00}. */
  static long at(String newYork) {
    return LocalDateTime.parse(newYork).atZone(NYSE.zone()).toInstant().toEpochMilli();
  }

  static CandleSeries series(long nowMillis) {
    return new CandleSeries(NYSE, CONFIRM_DELAY, "epoch", nowMillis);
  }

  static AggregateEvent second(long start, double price, double volume) {
    return event(
        AggregateEvent.Span.SECOND, start, start + 1_000, price, price, price, price, volume);
  }

  static AggregateEvent minute(long start, double o, double h, double l, double c, double v) {
    return event(AggregateEvent.Span.MINUTE, start, start + MINUTE, o, h, l, c, v);
  }

  static AggregateEvent minute(long start, double price) {
    return minute(start, price, price, price, price, 100);
  }

  static AggregateEvent minute(long start, double[] bar) {
    return minute(start, bar[0], bar[1], bar[2], bar[3], bar[4]);
  }

  /** Returns the open, high, low, close and volume of a made-up minute. */
  static double[] bar(Random random) {
    double open = 100 + random.nextInt(100) / 4.0;
    double close = 100 + random.nextInt(100) / 4.0;
    double high = Math.max(open, close) + random.nextInt(8) / 4.0;
    double low = Math.min(open, close) - random.nextInt(8) / 4.0;
    return new double[] {open, high, low, close, 1 + random.nextInt(999)};
  }

  /** Returns what a series calls a minute without a bar; empty if it has one, or says nothing. */
  static Optional<IntervalState> state(CandleSeries series, long minute) {
    return series.views().read(Timeframe.M1, SessionMode.EXTENDED, -1).intervals().stream()
        .filter(run -> run.fromMillis() <= minute && run.toMillis() > minute)
        .map(Interval::state)
        .findFirst();
  }

  /** Returns what two bars must have alike, and more if told so. */
  static List<Object> facts(Bar bar, Object... more) {
    List<Object> facts = new ArrayList<>(List.of(
        bar.startMillis(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.isFinal()));
    Collections.addAll(facts, more);
    return facts;
  }

  private static AggregateEvent event(
      AggregateEvent.Span span,
      long start,
      long end,
      double o,
      double h,
      double l,
      double c,
      double v) {
    return new AggregateEvent(span, SPY, start, end, o, h, l, c, v, Double.NaN, Double.NaN);
  }

  /** Returns an answer with flat bars at the given starts. */
  static HistoryPart answer(long from, long to, long askedAt, double price, long... starts) {
    BarBlock.Builder block = new BarBlock.Builder(starts.length);
    for (long start : starts) {
      block.add(start, price, price, price, price, 100, price, 1);
    }
    return new HistoryPart(block.build(), from, to, askedAt, BarSource.BACKFILL);
  }
}
