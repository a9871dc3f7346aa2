package io.candlehub.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes days of invented minute and second bars: thin minutes, minutes without a trade, and seconds that disagree with
 * their minute as real ones do, because the consolidated minute knows trades that its seconds do not.
 */
final class GeneratedDay {
  static final String TICKER = "GEN";
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final Random random = new Random(20131007);
  private long cents = 16_743;

  /** Writes minute and second files of one day, 09:00 to 11:00 New York. */
  void write(Path root, LocalDate day) throws IOException {
    List<FlatFile.Row> minutes = new ArrayList<>();
    List<FlatFile.Row> seconds = new ArrayList<>();
    long from = day.atTime(LocalTime.of(9, 0)).atZone(NEW_YORK).toInstant().toEpochMilli();
    for (long minute = from; minute < from + 120 * 60_000L; minute += 60_000) {
      if (random.nextInt(12) != 0) {
        addMinute(minute, minutes, seconds);
      }
    }
    FlatFile.write(FlatFile.path(root, "minute_aggs_v1", day), minutes);
    FlatFile.write(FlatFile.path(root, "second_aggs_v1", day), seconds);
  }

  private void addMinute(long minute, List<FlatFile.Row> minutes, List<FlatFile.Row> seconds) {
    long open = cents;
    long high = cents;
    long low = cents;
    long volume = 0;
    for (long second = minute; second < minute + 60_000; second += 1_000) {
      if (random.nextInt(3) != 0 && second != minute) {
        continue;
      }
      long first = cents;
      cents += random.nextInt(7) - 3;
      long top = Math.max(first, cents);
      long bottom = Math.min(first, cents);
      long traded = 100L * (1 + random.nextInt(20));
      seconds.add(row(second, first, top, bottom, cents, traded));
      high = Math.max(high, top);
      low = Math.min(low, bottom);
      volume += traded;
    }
    boolean lateTrade = random.nextInt(4) == 0;
    minutes.add(
        row(minute, open, high + (lateTrade ? 2 : 0), low, cents, volume + (lateTrade ? 300 : 0)));
  }

  private static FlatFile.Row row(long t, long o, long h, long l, long c, long v) {
    return new FlatFile.Row(TICKER, t, o / 100.0, h / 100.0, l / 100.0, c / 100.0, v);
  }
}
