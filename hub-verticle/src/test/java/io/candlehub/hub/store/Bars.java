package io.candlehub.hub.store;

import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.TradingDay;
import io.vertx.core.Future;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Invented bars, and how the tests of stores wait and tell the time. */
final class Bars {
  private static final long MINUTE_MILLIS = 60_000;

  private Bars() {}

  static <T> T await(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  static long millis(String isoTime) {
    return ZonedDateTime.parse(isoTime).toInstant().toEpochMilli();
  }

  /** Returns a bar whose values follow from its start and a close in cents. */
  static StoredBar bar(long startMillis, int closeCents, int revision) {
    double close = closeCents / 100.0;
    return new StoredBar(
        startMillis,
        (closeCents - 3) / 100.0,
        (closeCents + 12) / 100.0,
        (closeCents - 15) / 100.0,
        close,
        1_000 + startMillis / MINUTE_MILLIS % 977,
        close + 0.0012,
        17 + startMillis / MINUTE_MILLIS % 31,
        revision == 0 ? BarSource.LIVE : BarSource.BACKFILL,
        revision);
  }

  static StoredBar bar(long startMillis) {
    return bar(startMillis, 45_000 + (int) (startMillis / MINUTE_MILLIS % 500), 0);
  }

  /** Returns the minutes of a day's regular session. */
  static List<StoredBar> session(TradingDay day) {
    List<StoredBar> bars = new ArrayList<>();
    for (long at = day.openMillis(); at < day.closeMillis(); at += MINUTE_MILLIS) {
      bars.add(bar(at));
    }
    return bars;
  }

  static List<Long> starts(BarBlock block) {
    return LongStream.range(0, block.size())
        .mapToObj(i -> block.startMillis((int) i))
        .toList();
  }

  /** Returns true if a block's bar has all values of a stored bar. */
  static boolean same(BarBlock block, int i, StoredBar bar) {
    return block.startMillis(i) == bar.startMillis()
        && block.open(i) == bar.open()
        && block.high(i) == bar.high()
        && block.low(i) == bar.low()
        && block.close(i) == bar.close()
        && block.volume(i) == bar.volume()
        && Double.compare(block.vwap(i), bar.vwap()) == 0
        && block.trades(i) == bar.trades();
  }
}
