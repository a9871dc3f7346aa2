package io.candlehub.ingest.provider.massive;

import java.util.Locale;
import java.util.Random;

/** Composes valid frames of all kinds from a seed, with the freedoms that the wire takes. */
final class FrameComposer {
  private static final String[] SYMBOLS = {
    "SPY", "BRK.B", "A", "ABCDEFGH", "ABCDEFGHI", "ZVZZT", "O:SPY251219C00650000", "I:SPX"
  };
  private static final String[] ODD_SYMBOLS = {
    "O:", "I:VIX", "É", "S P", "", "I:", "\\u0053PY", "A*", "T\\u00e9"
  };
  private static final String[] CONDITIONS = {
    "[14,37]", "[]", "[12]", "[14,41,37,2]", " [ 1 , 2 ] ", "[1.0]", "[1,2,3,4,5,6,7,8,9,10]"
  };
  private static final String[] INDICATORS = {"[17]", "[18]", "[21]", "[15,16,22]", "[17,21]", "[]"
  };
  private static final long MONDAY_TEN = 1_764_600_600_000L;

  private final Random random;

  FrameComposer(Random random) {
    this.random = random;
  }

  /** Composes a frame of one to four events. */
  String frame() {
    StringBuilder out = new StringBuilder("[");
    int events = 1 + random.nextInt(4);
    for (int i = 0; i < events; i++) {
      out.append(i == 0 ? "" : ",").append(event());
    }
    return out.append("]").toString();
  }

  private String event() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> aggregate("A", 1_000);
      case 2, 3 -> aggregate("AM", 60_000);
      case 4, 5, 6 -> trade();
      case 7, 8 -> quote();
      case 9 -> value();
      case 10 -> band();
      default -> other();
    };
  }

  private String aggregate(String kind, long span) {
    long start = (MONDAY_TEN + random.nextInt(3_600_000)) / span * span;
    double low = price();
    double high = low + 0.5;
    StringBuilder out = new StringBuilder();
    if (chance(0.1)) {
      field(out, "op", decimal(low));
    } else if (chance(0.9)) {
      field(out, "v", random.nextInt(100_000));
      field(out, "dv", chance(0.5) ? "\"" + decimal(random.nextInt(100_000)) + "\"" : "1.5");
    } else {
      field(out, "v", decimal(random.nextInt(100_000)));
    }
    if (chance(0.5)) {
      field(out, "av", random.nextInt(10_000_000));
      field(out, "dav", "\"" + decimal(random.nextInt(10_000_000)) + "\"");
    }
    field(out, "vw", decimal(low + 0.3));
    field(out, "o", decimal(low + 0.1));
    field(out, "c", decimal(high - 0.1));
    field(out, "h", decimal(high));
    field(out, "l", decimal(low));
    field(out, "z", random.nextInt(500));
    field(out, "s", chance(0.9) ? Long.toString(start) : start / 1000 + ".0E3");
    field(out, "e", start + span);
    return object(kind, "sym", out);
  }

  private String trade() {
    StringBuilder out = new StringBuilder();
    field(out, "x", random.nextInt(20));
    field(out, "i", "\"" + random.nextInt(1_000_000) + "\"");
    field(out, "p", decimal(price()));
    field(out, "s", random.nextInt(1_000));
    if (chance(0.5)) {
      field(out, "ds", "\"" + decimal(random.nextInt(1_000)) + "\"");
    }
    if (chance(0.7)) {
      field(out, "c", CONDITIONS[random.nextInt(CONDITIONS.length)]);
    }
    field(out, "t", MONDAY_TEN + random.nextInt(3_600_000));
    field(out, "q", random.nextInt(10_000_000));
    return object("T", "sym", out);
  }

  private String quote() {
    StringBuilder out = new StringBuilder();
    if (chance(0.9)) {
      field(out, "bx", 12);
      field(out, "bp", decimal(price()));
      field(out, "bs", random.nextInt(50));
    }
    field(out, "ap", chance(0.1) ? "0" : decimal(price()));
    field(out, "as", random.nextInt(50));
    field(out, "c", 1);
    field(out, "i", "[604]");
    field(out, "t", MONDAY_TEN + random.nextInt(3_600_000));
    field(out, "q", random.nextInt(10_000_000));
    return object("Q", "sym", out);
  }

  private String value() {
    StringBuilder out = new StringBuilder();
    field(out, "val", decimal(price() * 10));
    field(out, "t", MONDAY_TEN + random.nextInt(3_600_000));
    return "{\"ev\":\"V\",\"T\":\"" + (chance(0.9) ? "I:SPX" : "SPY") + "\"" + out + "}";
  }

  private String band() {
    StringBuilder out = new StringBuilder();
    field(out, "h", decimal(price()));
    field(out, "l", decimal(price()));
    field(out, "i", INDICATORS[random.nextInt(INDICATORS.length)]);
    long millis = MONDAY_TEN + random.nextInt(3_600_000);
    field(out, "t", millis + (chance(0.7) ? "123456" : chance(0.5) ? "123" : ""));
    return object("LULD", "T", out);
  }

  private String other() {
    return switch (random.nextInt(3)) {
      case 0 -> "{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed to: A.SPY\"}";
      case 1 -> "{\"ev\":\"NOI\",\"T\":\"NTEST.Q\",\"at\":930,\"a\":\"M\",\"o\":480,\"b\":25.03}";
      default -> "{\"ev\":\"X\",\"future\":{\"nested\":[1,{\"x\":null}],\"more\":[true,false]}}";
    };
  }

  /** The kind stands first or last. */
  private String object(String kind, String symbolName, StringBuilder members) {
    String ev = "\"ev\":\"" + kind + "\"";
    String symbol = "\"" + symbolName + "\":\"" + symbol() + "\"";
    return chance(0.8)
        ? "{" + ev + "," + symbol + members + "}"
        : "{" + symbol + members + "," + ev + "}";
  }

  private String symbol() {
    String[] from = chance(0.9) ? SYMBOLS : ODD_SYMBOLS;
    return from[random.nextInt(from.length)];
  }

  private double price() {
    return 1 + random.nextInt(100_000) / 100.0;
  }

  private String decimal(double value) {
    return chance(0.95)
        ? String.format(Locale.ROOT, "%." + random.nextInt(5) + "f", value)
        : Double.toString(value / 3);
  }

  private void field(StringBuilder out, String name, Object value) {
    if (!chance(0.01)) {
      out.append(chance(0.05) ? " , " : ",").append('"').append(name).append('"');
      out.append(chance(0.05) ? "\t: " : ":").append(value);
    }
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
