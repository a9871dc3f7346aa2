package io.candlehub.hub.candle;

import java.nio.charset.StandardCharsets;

/** Reads what {@link DeltaWriter} has written, from front to back. Confined to one thread. */
final class DeltaReader {
  private final byte[] bytes;
  private int at;

  DeltaReader(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  boolean flag() {
    return number() != 0;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("number at " + at + " has no end");
  }

  int count() {
    return Math.toIntExact(number());
  }

  long signed() {
    return unzigzag(number());
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  double decimal() {
    long value = number();
    int scale = (int) value & DeltaWriter.RAW;
    return scale == DeltaWriter.RAW
        ? Double.longBitsToDouble(raw())
        : unzigzag(value >>> DeltaWriter.SCALE_BITS) / DeltaWriter.POWERS[scale];
  }

  private long raw() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << Byte.SIZE | (bytes[at++] & 0xff);
    }
    return bits;
  }

  String text() {
    int length = count();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }
}
