package io.candlehub.ingest.provider.massive;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.util.Arrays;

/**
 * Collects the bytes of a message, which may come in several WebSocket frames, in an array that is used again for the
 * next one. Confined to one event loop.
 */
final class FrameAssembler {
  private static final int MAX_BYTES = 8 << 20;

  private byte[] bytes = new byte[64 << 10];
  private int length;
  private boolean complete = true;

  /** Adds a frame and returns true if the message is complete; one that is too long is dropped. */
  boolean add(WebSocketFrame frame) {
    if (complete) {
      length = 0;
    }
    Buffer data = frame.binaryData();
    if (length + data.length() <= MAX_BYTES) {
      int needed = length + data.length() + JsonText.SPARE;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
      }
      data.getBytes(bytes, length);
    }
    length += data.length();
    complete = frame.isFinal();
    return complete && length <= MAX_BYTES;
  }

  /** Returns the array that starts with the message and has {@link JsonText#SPARE} bytes behind it. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the message's length. */
  int length() {
    return length;
  }
}
