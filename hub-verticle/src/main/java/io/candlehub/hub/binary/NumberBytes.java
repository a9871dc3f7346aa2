package io.candlehub.hub.binary;

import java.util.Arrays;

/** Bytes to which numbers are appended. Confined to one thread. */
public final class NumberBytes {
  private static final int LONGEST_BYTES = 10;

  private byte[] bytes;
  private int size;

  /** Creates it empty, with room for so many bytes. */
  public NumberBytes(int roomBytes) {
    bytes = new byte[roomBytes];
  }

  /** Returns a number of either sign as one that is small and not negative if the number is near 0. */
  public static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** Appends bytes. */
  public void add(byte... more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  /** Appends a number, seven bits a byte, the lowest first; a negative one takes ten bytes. */
  public void addNumber(long value) {
    reserve(LONGEST_BYTES);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Appends a decimal as its eight bytes, the highest first. */
  public void addRaw(double value) {
    reserve(Long.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  /** Returns a copy of what was appended so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
