package io.candlehub.hub.candle;

import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Streams seconds of 10,000 symbols into their candles, second by second as a feed does: every symbol's second, then
 * the next; at a minute's end every symbol's minute bar. The second benchmark lets somebody read the bars that changed
 * after each second, which derives minute and roll-ups of every symbol.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CandleBenchmark {
  private static final int SYMBOLS = 10_000;
  private static final long MINUTE = 60_000;

  private final Random random = new Random(1);
  private CandleSeries[] series;
  private AggregateEvent[] batch;
  private Instrument[] instruments;
  private long now;
  private long endMillis;

  /** Creates the series. */
  @Setup(Level.Trial)
  public void create() {
    TradingCalendar calendar = TradingCalendar.nyse();
    now = LocalDateTime.parse("2013-10-07T09:35")
        .atZone(calendar.zone())
        .toInstant()
        .toEpochMilli();
    endMillis = now + 6 * 60 * MINUTE;
    series = new CandleSeries[SYMBOLS];
    batch = new AggregateEvent[SYMBOLS];
    instruments = new Instrument[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i++) {
      series[i] = new CandleSeries(calendar, 5_000, "epoch" + i, now);
      series[i].onFeedBack(now);
      instruments[i] = Instrument.of("S" + Integer.toString(i, 36).toUpperCase(Locale.ROOT));
    }
  }

  /** Composes the next second of all symbols; the day begins again when its minutes end. */
  @Setup(Level.Invocation)
  public void nextSecond() {
    if (now >= endMillis) {
      create();
    } else if (now % MINUTE == 0) {
      closeMinute();
    }
    for (int i = 0; i < SYMBOLS; i++) {
      double open = 100 + random.nextInt(1_000) / 100.0;
      double close = open + 0.01;
      batch[i] = new AggregateEvent(
          AggregateEvent.Span.SECOND,
          instruments[i],
          now,
          now + 1_000,
          open,
          close,
          open,
          close,
          random.nextInt(5_000),
          open,
          Double.NaN);
    }
    now += 1_000;
  }

  private void closeMinute() {
    for (int i = 0; i < SYMBOLS; i++) {
      series[i].onBar(
          new AggregateEvent(
              AggregateEvent.Span.MINUTE,
              instruments[i],
              now - MINUTE,
              now,
              100,
              111,
              99,
              101,
              90_000,
              100.5,
              Double.NaN),
          now,
          0);
    }
  }

  /** Takes one second of every symbol. */
  @Benchmark
  @OperationsPerInvocation(SYMBOLS)
  public Change update() {
    Change last = Change.UNCHANGED;
    for (int i = 0; i < SYMBOLS; i++) {
      last = series[i].onBar(batch[i], now, 0);
    }
    return last;
  }

  /** Takes one second of every symbol and reads what it changed in the five-minute view. */
  @Benchmark
  @OperationsPerInvocation(SYMBOLS)
  public long updateAndRead() {
    long bars = 0;
    for (int i = 0; i < SYMBOLS; i++) {
      long before = series[i].seq();
      series[i].onBar(batch[i], now, 0);
      bars += series[i]
          .views()
          .read(Timeframe.M5, SessionMode.EXTENDED, before)
          .bars()
          .size();
    }
    return bars;
  }
}
