package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Puts the data frames of one WebSocket together to messages, and refuses what RFC 6455 refuses: continuations of
 * nothing, messages inside messages, text that is not UTF-8, and messages above the limit.
 *
 * <p>Threads: confined to the loop of the connection.
 *
 * <p>Source: RFC 6455, sections 5.4 and 8.1.
 */
final class WebSocketMessages {

  private final int maxBytes;
  private final Sink sink;
  private Buffer parts;
  private boolean text;

  WebSocketMessages(int maxBytes, Sink sink) {
    this.maxBytes = maxBytes;
    this.sink = sink;
  }

  /** Takes the first frame of a message. */
  void begin(boolean isText, Buffer data, boolean isFinal) {
    if (parts != null) {
      refuse(CloseReason.TRANSPORT_ERROR, "message inside a message");
      return;
    }
    text = isText;
    take(data, isFinal);
  }

  /** Takes a continuation frame. */
  void proceed(Buffer data, boolean isFinal) {
    if (parts == null) {
      refuse(CloseReason.TRANSPORT_ERROR, "continuation of nothing");
      return;
    }
    take(data, isFinal);
  }

  private void take(Buffer data, boolean isFinal) {
    int before = parts == null ? 0 : parts.length();
    if ((long) before + data.length() > maxBytes) {
      parts = null;
      sink.refused(
          new InvalidMessage(
              InvalidMessage.Kind.TOO_BIG, "message is larger than " + maxBytes + " bytes"),
          CloseReason.TOO_BIG);
      return;
    }
    if (!isFinal) {
      parts = parts == null ? Buffer.buffer().appendBuffer(data) : parts.appendBuffer(data);
      return;
    }
    Buffer message = parts == null ? data : parts.appendBuffer(data);
    parts = null;
    deliver(message);
  }

  private void deliver(Buffer message) {
    if (!text) {
      sink.binary(message);
      return;
    }
    String decoded = message.toString(StandardCharsets.UTF_8);
    if (decoded.indexOf('\uFFFD') >= 0 && !isUtf8(message)) {
      refuse(CloseReason.NOT_UTF8, "text is not UTF-8");
      return;
    }
    sink.text(decoded);
  }

  private void refuse(CloseReason reason, String detail) {
    sink.refused(new InvalidMessage(InvalidMessage.Kind.MALFORMED, detail), reason);
  }

  private static boolean isUtf8(Buffer message) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message.getBytes()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Where messages go. */
  interface Sink {

    /** A text message is complete. */
    void text(String message);

    /** A binary message is complete. */
    void binary(Buffer message);

    /** The client broke a rule. */
    void refused(InvalidMessage fault, CloseReason reason);
  }
}
