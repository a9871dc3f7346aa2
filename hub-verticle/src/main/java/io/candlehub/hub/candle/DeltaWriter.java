package io.candlehub.hub.candle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

  private byte[] bytes = new byte[256];
  private int size;

  void flag(boolean value) {
    number(value ? 1 : 0);
  }

  /** Writes a number; the smaller the shorter. It must not be negative to be short. */
  void number(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes a number of either sign that is near 0. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void decimal(double value) {
    if (Math.abs(value) < MOST_SCALED) {
      for (int scale = 0; scale < POWERS.length; scale++) {
        double scaled = Math.rint(value * POWERS[scale]);
        boolean exact = Math.abs(scaled) < MOST_SCALED
            && Double.doubleToRawLongBits(scaled / POWERS[scale])
                == Double.doubleToRawLongBits(value);
        if (exact) {
          long units = (long) scaled;
          number(((units << 1) ^ (units >> 63)) << SCALE_BITS | scale);
          return;
        }
      }
    }
    number(RAW);
    raw(Double.doubleToRawLongBits(value));
  }

  private void raw(long bits) {
    reserve(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
