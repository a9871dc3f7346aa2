package io.candlehub.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes minutes of one symbol in the layout of the provider's flat files, for the replaying exchange. */
final class GeneratedMinutes {
  static final String TICKER = "BENCH";
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final int MINUTES = 16 * 60;

  private GeneratedMinutes() {}

  /** Writes so many weekdays up to a last one and returns the first; every minute from 04:00 to 20:00 has a bar. */
  static LocalDate write(Path root, LocalDate last, int days) throws IOException {
    Random random = new Random(1);
    LocalDate day = last;
    int written = 0;
    while (true) {
      if (day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
        write(root, day, random);
        written++;
      }
      if (written == days) {
        return day;
      }
      day = day.minusDays(1);
    }
  }

  private static void write(Path root, LocalDate day, Random random) throws IOException {
    String name = String.format(
        "us_stocks_sip/minute_aggs_v1/%d/%02d/%s.csv.gz", day.getYear(), day.getMonthValue(), day);
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    long from = day.atTime(LocalTime.of(4, 0)).atZone(NEW_YORK).toInstant().toEpochMilli();
    int cents = 45_000;
    try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
        new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
      out.write("ticker,volume,open,close,high,low,window_start,transactions\n");
      for (int i = 0; i < MINUTES; i++) {
        int open = cents;
        cents += random.nextInt(41) - 20;
        int high = Math.max(open, cents) + random.nextInt(15);
        int low = Math.min(open, cents) - random.nextInt(15);
        out.write(String.join(
            ",",
            TICKER,
            Integer.toString(1_000 + random.nextInt(90_000)),
            price(open),
            price(cents),
            price(high),
            price(low),
            Long.toString((from + i * 60_000L) * 1_000_000L),
            Integer.toString(10 + random.nextInt(900))));
        out.write('\n');
      }
    }
  }

  private static String price(int cents) {
    return cents / 100 + "." + (cents / 10 % 10) + (cents % 10);
  }
}
