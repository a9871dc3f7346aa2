package io.candlehub.hub.store;

import java.nio.ByteBuffer;

/** Reads what {@link ColumnWriter} wrote, in the same order. Not safe for use by several threads. */
final class ColumnReader {
  private final ByteBuffer bytes;

  ColumnReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  byte readByte() {
    return bytes.get();
  }

  long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a number has more than ten bytes");
  }

  long[] readLongs(int count) {
    long[] values = new long[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      long zigzag = readVarLong();
      before += (zigzag >>> 1) ^ -(zigzag & 1);
      values[i] = before;
    }
    return values;
  }

  long[] readSteps(int count) {
    long[] values = readLongs(count);
    for (int i = 1; i < count; i++) {
      values[i] += values[i - 1];
    }
    return values;
  }

  double[] readDecimals(int count) {
    byte scale = readByte();
    double[] values = new double[count];
    if (scale == ColumnWriter.RAW) {
      for (int i = 0; i < count; i++) {
        values[i] = bytes.getDouble();
      }
      return values;
    }
    if (scale < 0 || scale >= ColumnWriter.POWERS.length) {
      throw new IllegalStateException("decimal scale " + scale + " is unknown");
    }
    long[] scaled = readLongs(count);
    for (int i = 0; i < count; i++) {
      values[i] = scaled[i] / ColumnWriter.POWERS[scale];
    }
    return values;
  }
}
