package io.candlehub.hub.store;

import io.candlehub.hub.binary.NumberBytes;

/**
 * Writes columns of numbers compactly: integers as the zigzag variable-length differences of neighbours, decimals as
 * integers of the smallest decimal scale that gives back every value bit for bit, else as eight bytes each.
 *
 * <p>Not safe for use by several threads. {@link ColumnReader} is its counterpart.
 */
final class ColumnWriter {
  /** Marks a column of decimals that is written raw. */
  static final byte RAW = -1;

  /** Powers of ten by decimal scale. */
  static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};

  private static final double EXACT = 0x1p53;

  private final NumberBytes bytes = new NumberBytes(1024);

  void writeByte(byte value) {
    bytes.add(value);
  }

  void writeVarLong(long value) {
    bytes.addNumber(value);
  }

  /** Writes numbers that differ little from their neighbours. */
  void writeLongs(long[] values) {
    long before = 0;
    for (long value : values) {
      writeVarLong(NumberBytes.zigzag(value - before));
      before = value;
    }
  }

  /** Writes numbers whose distances differ little from each other. */
  void writeSteps(long[] values) {
    long[] steps = values.clone();
    for (int i = values.length - 1; i > 0; i--) {
      steps[i] = values[i] - values[i - 1];
    }
    writeLongs(steps);
  }

  void writeDecimals(double[] values) {
    byte scale = scaleOf(values);
    writeByte(scale);
    if (scale == RAW) {
      for (double value : values) {
        bytes.addRaw(value);
      }
      return;
    }
    long[] scaled = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = Math.round(values[i] * POWERS[scale]);
    }
    writeLongs(scaled);
  }

  byte[] toBytes() {
    return bytes.toBytes();
  }

  private static byte scaleOf(double[] values) {
    for (byte scale = 0; scale < POWERS.length; scale++) {
      if (fits(values, POWERS[scale])) {
        return scale;
      }
    }
    return RAW;
  }

  private static boolean fits(double[] values, double power) {
    for (double value : values) {
      long scaled = Math.round(value * power);
      double back = scaled / power;
      if (Math.abs(value * power) >= EXACT
          || Double.doubleToRawLongBits(back) != Double.doubleToRawLongBits(value)) {
        return false;
      }
    }
    return true;
  }
}
