package io.candlehub.launcher;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One client that subscribes, is dropped and resumes at random moments, for a number of cycles. It keeps its series over
 * connections and asks nothing but the stream. Confined to its thread.
 */
final class ResumeClient implements Callable<ResumeClient> {
  private static final List<String> SYMBOLS = List.of("SPY", "QQQ", "IWM", "TLT", "XLF", "SMH");
  private static final List<String> TIMEFRAMES = List.of("1m", "5m", "1h");
  private static final long PATIENCE_MILLIS = 60_000;
  private static final int LONGEST_STAY_MILLIS = 400;
  private static final int SHORT_ABSENCE_MILLIS = 300;
  private static final int LONG_ABSENCE_MILLIS = 6_000;

  private final Connector connector;
  private final ResumeBook book;
  private final Random random;
  private final int cycles;
  private String symbol = "";
  private String timeframe = "";
  private SeriesModel series = new SeriesModel();

  ResumeClient(Connector connector, ResumeBook book, Random random, int cycles) {
    this.connector = connector;
    this.book = book;
    this.random = random;
    this.cycles = cycles;
  }

  /** Opens a connection of the client's protocol. */
  @FunctionalInterface
  interface Connector {
    ChartLink connect() throws Exception;
  }

  @Override
  public ResumeClient call() throws Exception {
    for (int i = 0; i < cycles; i++) {
      if (series.position().isEmpty() || random.nextInt(6) == 0) {
        symbol = pick(SYMBOLS);
        timeframe = pick(TIMEFRAMES);
        series = new SeriesModel();
      }
      live();
      book.cycle();
      stayAway();
    }
    return this;
  }

  /** Lives through one connection, which may end before anything has arrived on it. */
  private void live() throws Exception {
    try (ChartLink link = connector.connect()) {
      link.follow(symbol, timeframe, series.position());
      if (random.nextInt(10) == 0) {
        link.cut();
        return;
      }
      first(link);
      long until =
          System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_STAY_MILLIS));
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        link.next(TimeUnit.NANOSECONDS.toMillis(left) + 1)
            .ifPresent(arrival -> book.take(stream(), series, arrival));
      }
      if (random.nextInt(4) != 0) {
        link.cut();
      }
    }
  }

  private void first(ChartLink link) throws InterruptedException {
    Optional<ChartLink.Arrival> first = link.next(PATIENCE_MILLIS);
    if (first.isEmpty()) {
      book.fault("nothing within " + PATIENCE_MILLIS + " ms [stream: " + stream() + "]");
      return;
    }
    if (series.position().isPresent()) {
      book.resumed(stream(), first.get());
    }
    book.take(stream(), series, first.get());
  }

  /** Resumes a last time and returns what the client then holds. */
  SeriesModel finish() throws Exception {
    try (ChartLink link = connector.connect()) {
      link.follow(symbol, timeframe, series.position());
      first(link);
      return series;
    }
  }

  /** Returns what a client holds that has just come. */
  SeriesModel canonical() throws Exception {
    try (ChartLink link = connector.connect()) {
      link.follow(symbol, timeframe, Optional.empty());
      SeriesModel fresh = new SeriesModel();
      ChartLink.Arrival snapshot = link.next(PATIENCE_MILLIS).orElseThrow();
      fresh.take(snapshot.snapshot(), snapshot.body());
      return fresh;
    }
  }

  String stream() {
    return timeframe + " " + symbol;
  }

  private void stayAway() throws InterruptedException {
    int longest = random.nextInt(40) == 0 ? LONG_ABSENCE_MILLIS : SHORT_ABSENCE_MILLIS;
    if (new CountDownLatch(1).await(random.nextInt(longest), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("nobody counts down");
    }
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
