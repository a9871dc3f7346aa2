package io.candlehub.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Reads a buffer from front to back. */
final class BufferCursor {
  private final Buffer buffer;
  private int at;

  BufferCursor(Buffer buffer, int at) {
    this.buffer = buffer;
    this.at = at;
  }

  byte one() {
    return buffer.getByte(at++);
  }

  int two() {
    at += 2;
    return buffer.getUnsignedShort(at - 2);
  }

  int four() {
    at += 4;
    return buffer.getInt(at - 4);
  }

  long eight() {
    at += 8;
    return buffer.getLong(at - 8);
  }

  double real() {
    at += 8;
    return buffer.getDouble(at - 8);
  }

  /** Reads a text of a two-byte length and UTF-8. */
  String text() {
    int length = two();
    at += length;
    return new String(buffer.getBytes(at - length, at), StandardCharsets.UTF_8);
  }
}
