package io.candlehub.hub.candle;

import io.candlehub.hub.binary.NumberBytes;
import java.nio.charset.StandardCharsets;

/**
 * Writes the numbers of a delta compactly: integers in as many bytes as they need, decimals as integers of the smallest
 * decimal scale that gives them back bit for bit. Confined to one thread; {@link DeltaReader} is its counterpart.
 */
final class DeltaWriter {
  /** Powers of ten by decimal scale. */
  static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Marks a decimal that is written raw, and how many bits the marks take. */
  static final int RAW = 7;

  static final int SCALE_BITS = 3;

  private static final double MOST_SCALED = 0x1p52;

  private final NumberBytes bytes = new NumberBytes(256);

  void flag(boolean value) {
    number(value ? 1 : 0);
  }

  /** Writes a number; the smaller the shorter. It must not be negative to be short. */
  void number(long value) {
    bytes.addNumber(value);
  }

  /** Writes a number of either sign that is near 0. */
  void signed(long value) {
    number(NumberBytes.zigzag(value));
  }

  void decimal(double value) {
    if (Math.abs(value) < MOST_SCALED) {
      for (int scale = 0; scale < POWERS.length; scale++) {
        double scaled = Math.rint(value * POWERS[scale]);
        boolean exact = Math.abs(scaled) < MOST_SCALED
            && Double.doubleToRawLongBits(scaled / POWERS[scale])
                == Double.doubleToRawLongBits(value);
        if (exact) {
          number(NumberBytes.zigzag((long) scaled) << SCALE_BITS | scale);
          return;
        }
      }
    }
    number(RAW);
    bytes.addRaw(value);
  }

  void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    bytes.add(encoded);
  }

  byte[] toBytes() {
    return bytes.toBytes();
  }
}
