package io.candlehub.clustertests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How much of it, as the build says. */
final class Plan {
  static final int CLIENTS = Integer.getInteger("candlehub.cluster.clients", 200);
  /** How many where it is not about many. */
  static final int FEW = 40;

  static final int KILLS = Integer.getInteger("candlehub.cluster.kills", 3);
  /** How long the crowd's rhythm is taken before anything happens. */
  static final Duration CALM =
      Duration.ofSeconds(Integer.getInteger("candlehub.cluster.calm-seconds", 3));
  /** Market seconds in a second. */
  static final double SPEED = 10;

  private static final List<String> SYMBOLS = List.of(
      "SPY", "QQQ", "IWM", "EEM", "XLF", "TLT", "SMH", "VOO", "DIA", "EFA", "XLE", "XLK", "XLU",
      "VWO", "XLV", "XLP");

  private static final List<String> OTHER_SYMBOLS =
      List.of("XLI", "XLY", "XLB", "XLC", "XLRE", "SOXX", "IEF", "AGG", "LQD", "VTI");

  private Plan() {}

  /** Returns what the clients follow: every symbol by minute, some by other timeframes. */
  static List<ChartStream> streams() {
    List<ChartStream> streams = new ArrayList<>();
    for (int i = 0; i < SYMBOLS.size(); i++) {
      streams.add(new ChartStream(SYMBOLS.get(i), "1m"));
      streams.add(new ChartStream(SYMBOLS.get(i), i % 2 == 0 ? "5m" : "1h"));
      if (i % 4 == 0) {
        streams.add(new ChartStream(SYMBOLS.get(i), "1s"));
      }
    }
    return streams;
  }

  /** Returns some of the streams, of symbols that {@link #streams} does not have. */
  static List<ChartStream> otherStreams(Random random) {
    List<ChartStream> streams = new ArrayList<>();
    for (String symbol : OTHER_SYMBOLS) {
      if (random.nextBoolean()) {
        streams.add(new ChartStream(symbol, random.nextBoolean() ? "1m" : "5m"));
      }
    }
    streams.add(new ChartStream("SHY", "1m"));
    return streams;
  }

  /** Lets the market go on. */
  static void pause(Duration length) throws InterruptedException {
    if (new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("nobody counts down");
    }
  }
}
