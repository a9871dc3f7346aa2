package io.candlehub.hub.history;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.util.Arrays;

/** Collects bytes and tells how many it has at any time. Confined to one thread. */
final class GrowingBytes extends OutputStream {
  private byte[] bytes;
  private int size;

  GrowingBytes(int expected) {
    bytes = new byte[Math.max(64, expected)];
  }

  int size() {
    return size;
  }

  @Override
  public void write(int one) {
    room(1);
    bytes[size++] = (byte) one;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    room(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  private void room(int length) {
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
    }
  }

  /** Returns a copy of [from, to). */
  Buffer buffer(int from, int to) {
    return Buffer.buffer(Arrays.copyOfRange(bytes, from, to));
  }
}
