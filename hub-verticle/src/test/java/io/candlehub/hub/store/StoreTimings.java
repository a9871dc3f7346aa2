package io.candlehub.hub.store;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how fast a store writes and reads on this machine. Arguments: a MongoDB connection string, or a folder for the
 * embedded store.
 */
final class StoreTimings {
  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();
  private static final int SYMBOLS = 100;
  private static final int MINUTES = 390;
  private static final int DAYS_OF_HISTORY = 60;

  private StoreTimings() {}

  /** Measures the store named by the first argument. */
  public static void main(String[] arguments) {
    boolean mongo = arguments[0].startsWith("mongodb");
    StoreConfig config =
        new StoreConfig(mongo ? arguments[0] : "", Path.of(mongo ? "." : arguments[0]), 400, false);
    MarketDescriptor market =
        new MarketDescriptor("sim-timings", MarketDescriptor.Mode.SYNTHETIC, "none");
    Vertx vertx = Vertx.vertx();
    CandleStore store =
        CandleStores.open(vertx, config, market, InstantSource.system()).await();
    List<TradingDay> days = CALENDAR.between(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 11, 3));
    writeHistory(store, days.subList(days.size() - DAYS_OF_HISTORY - 1, days.size() - 1));
    writeMinuteByMinute(store, days.get(days.size() - 1));
    readRanges(store, days.get(days.size() - 1).openMillis());
    store.close().await();
    vertx.close().await();
  }

  private static Instrument instrument(int number) {
    return Instrument.of("SYM" + number);
  }

  private static void writeHistory(CandleStore store, List<TradingDay> days) {
    long startNanos = System.nanoTime();
    int bars = 0;
    for (int symbol = 0; symbol < 10; symbol++) {
      List<StoredBar> history =
          days.stream().flatMap(day -> Bars.session(day).stream()).toList();
      store.write(instrument(symbol), StoreUnit.MINUTE, history).await();
      bars += history.size();
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf("history: %d bars, %.0f bars/s%n", bars, bars / seconds);
  }

  private static void writeMinuteByMinute(CandleStore store, TradingDay day) {
    long[] nanos = new long[MINUTES];
    for (int minute = 0; minute < MINUTES; minute++) {
      long startNanos = System.nanoTime();
      StoredBar bar = Bars.bar(day.openMillis() + minute * 60_000L);
      List<Future<Void>> writes = new ArrayList<>();
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        writes.add(store.write(instrument(symbol), StoreUnit.MINUTE, List.of(bar)));
      }
      Future.all(writes).await();
      nanos[minute] = System.nanoTime() - startNanos;
    }
    report("one minute of " + SYMBOLS + " symbols", nanos);
  }

  private static void readRanges(CandleStore store, long lastOpenMillis) {
    for (int days : new int[] {1, 5, 60}) {
      long[] nanos = new long[50];
      int bars = 0;
      for (int i = 0; i < nanos.length; i++) {
        long startNanos = System.nanoTime();
        bars = store
            .read(
                instrument(i % 10),
                StoreUnit.MINUTE,
                lastOpenMillis - (days * 7L / 5 - 1) * 86_400_000,
                Long.MAX_VALUE)
            .await()
            .size();
        nanos[i] = System.nanoTime() - startNanos;
      }
      report("read of " + bars + " bars", nanos);
    }
  }

  private static void report(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s: p50 %.2f ms, p99 %.2f ms%n",
        what, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
  }
}
