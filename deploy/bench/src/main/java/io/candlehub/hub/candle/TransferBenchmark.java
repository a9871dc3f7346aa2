package io.candlehub.hub.candle;

import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Tells a standby of a series with six hours of minutes what its newest second has changed, and everything. What the
 * second itself costs is measured alone too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TransferBenchmark {
  private static final long MINUTE = 60_000;
  private static final int MINUTES = 360;
  private static final Instrument SPY = Instrument.of("SPY");

  private CandleSeries series;
  private SeriesCopy copy;
  private byte[] delta;
  private long now;
  private double price;

  /** Creates a series of six hours and a copy of it. */
  @Setup(Level.Trial)
  public void create() {
    TradingCalendar calendar = TradingCalendar.nyse();
    long open = LocalDateTime.parse("2013-10-07T09:30")
        .atZone(calendar.zone())
        .toInstant()
        .toEpochMilli();
    series = new CandleSeries(calendar, 5_000, "epoch", open);
    series.onFeedBack(open);
    for (int i = 0; i < MINUTES; i++) {
      now = open + i * MINUTE;
      series.onBar(bar(AggregateEvent.Span.MINUTE, now, MINUTE), now + MINUTE + 1_000, 0);
    }
    now += MINUTE;
    copy = new SeriesCopy(calendar, 5_000);
    copy.take(series.delta(-1));
    long before = series.seq();
    second();
    delta = series.delta(before);
  }

  private AggregateEvent bar(AggregateEvent.Span span, long start, long length) {
    price = price >= 110 ? 100 : Math.max(100, price) + 0.01;
    return new AggregateEvent(
        span, SPY, start, start + length, price, price, price, price, 100, price, Double.NaN);
  }

  /** Takes a second of the minute in progress, another one each time; each changes its bar. */
  @Benchmark
  public Change second() {
    long second = now + (long) (price * 100) % 60 * 1_000;
    return series.onBar(bar(AggregateEvent.Span.SECOND, second, 1_000), now + 59_000, 0);
  }

  /** Takes a second and writes what it changed. */
  @Benchmark
  public byte[] secondAndDelta() {
    long before = series.seq();
    second();
    return series.delta(before);
  }

  /** Takes a delta of one second into the copy. */
  @Benchmark
  public boolean takeDelta() {
    return copy.take(delta);
  }

  /** Writes the whole series. */
  @Benchmark
  public byte[] whole() {
    return series.delta(-1);
  }
}
