package io.candlehub.ingest.provider.massive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Frames as the provider sends them, of 1 to 200 events, composed from a seed. */
final class BenchFrames {
  /** How many events all frames hold together. */
  static final int EVENTS = 10_000;

  private static final int MAX_EVENTS = 200;
  private static final int SYMBOLS = 500;
  private static final long START = 1_764_600_600_000L;
  private static final String[] CONDITIONS = {
    "", "", ",\"c\":[12,37]", ",\"c\":[14,41]", ",\"c\":[37]", ",\"c\":[14,37,41]", ",\"c\":[10]"
  };

  private final Random random = new Random(20261121);
  private final String[] symbols = new String[SYMBOLS];
  private final String kinds;

  /**
   * Prepares frames of kinds.
   *
   * @param kinds {@code A}, {@code AM}, {@code T}, {@code Q} or {@code mixed}
   */
  BenchFrames(String kinds) {
    this.kinds = kinds;
    for (int i = 0; i < SYMBOLS; i++) {
      StringBuilder symbol = new StringBuilder();
      for (int letters = 1 + random.nextInt(5); letters > 0; letters--) {
        symbol.append((char) ('A' + random.nextInt(26)));
      }
      symbols[i] = symbol.toString();
    }
  }

  /** Composes the frames; each array goes on behind its frame as one filled by a connection does. */
  List<byte[]> compose() {
    List<byte[]> frames = new ArrayList<>();
    int left = EVENTS;
    while (left > 0) {
      int events = Math.min(left, 1 + random.nextInt(MAX_EVENTS));
      StringBuilder frame = new StringBuilder("[");
      for (int i = 0; i < events; i++) {
        frame.append(i == 0 ? "" : ",").append(event());
      }
      byte[] text = frame.append(']').toString().getBytes(StandardCharsets.UTF_8);
      frames.add(Arrays.copyOf(text, text.length + JsonText.SPARE));
      left -= events;
    }
    return frames;
  }

  private String event() {
    return switch (kinds) {
      case "A" -> aggregate("A", 1_000);
      case "AM" -> aggregate("AM", 60_000);
      case "T" -> trade();
      case "Q" -> quote();
      default -> mixed();
    };
  }

  private String mixed() {
    return switch (random.nextInt(4)) {
      case 0 -> aggregate("A", 1_000);
      case 1 -> aggregate("AM", 60_000);
      case 2 -> trade();
      default -> quote();
    };
  }

  private String aggregate(String kind, long span) {
    double low = price();
    double high = low + random.nextInt(50) / 100.0;
    long start = time() / span * span;
    int volume = random.nextInt(100_000);
    int dayVolume = random.nextInt(10_000_000);
    return format(
        "{'ev':'%s','sym':'%s','v':%d,'dv':'%d.0','av':%d,'dav':'%d.0','op':%s,'vw':%s,'o':%s,'c':%s,'h':%s,'l':%s,"
            + "'a':%s,'z':%d,'s':%d,'e':%d}",
        kind,
        symbol(),
        volume,
        volume,
        dayVolume,
        dayVolume,
        cents(low),
        fine((low + high) / 2),
        cents(low),
        cents(high),
        cents(high),
        cents(low),
        fine(low),
        random.nextInt(300),
        start,
        start + span);
  }

  private String trade() {
    int size = 1 + random.nextInt(500);
    return format(
        "{'ev':'T','sym':'%s','x':%d,'i':'%d','z':%d,'p':%s,'s':%d,'ds':'%d.0'%s,'t':%d,'q':%d}",
        symbol(),
        1 + random.nextInt(20),
        52_983_525_000_000L + random.nextInt(1_000_000),
        1 + random.nextInt(3),
        random.nextInt(5) == 0 ? fine(price()) : cents(price()),
        size,
        size,
        CONDITIONS[random.nextInt(CONDITIONS.length)],
        time(),
        random.nextInt(10_000_000));
  }

  private String quote() {
    double bid = price();
    return format(
        "{'ev':'Q','sym':'%s','bx':%d,'bp':%s,'bs':%d,'ax':%d,'ap':%s,'as':%d,'c':1%s,'t':%d,'q':%d,'z':%d}",
        symbol(),
        1 + random.nextInt(20),
        cents(bid),
        1 + random.nextInt(40),
        1 + random.nextInt(20),
        cents(bid + 0.02),
        1 + random.nextInt(40),
        random.nextInt(4) == 0 ? ",'i':[604]" : "",
        time(),
        random.nextInt(100_000_000),
        1 + random.nextInt(3));
  }

  private String symbol() {
    return symbols[random.nextInt(SYMBOLS)];
  }

  private double price() {
    return 5 + random.nextInt(70_000) / 100.0;
  }

  private long time() {
    return START + random.nextInt(3_600_000);
  }

  /** Prices come without needless zeros. */
  private static String cents(double price) {
    return Double.toString(Math.round(price * 100) / 100.0);
  }

  private static String fine(double price) {
    return Double.toString(Math.round(price * 10_000) / 10_000.0);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values).replace('\'', '"');
  }
}
