package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Puts the data frames of one WebSocket together to messages, and refuses what RFC 6455 refuses: continuations of
 * nothing, messages inside messages, text that is not UTF-8 (as soon as that shows), and messages above the limit.
 *
 * <p>Threads: confined to the loop of the connection.
 *
 * <p>Source: RFC 6455, sections 5.4 and 8.1.
 */
final class WebSocketMessages {

  private final int maxBytes;
  private final Sink sink;
  private Buffer parts;
  private Utf8Check check;
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
    if (parts == null && isFinal) {
      deliverWhole(data);
      return;
    }
    if (parts == null) {
      parts = Buffer.buffer();
      check = new Utf8Check();
    }
    if (text && !(check.accepts(data.getBytes()) && (!isFinal || check.complete()))) {
      parts = null;
      refuse(CloseReason.NOT_UTF8, "text is not UTF-8");
      return;
    }
    parts.appendBuffer(data);
    if (isFinal) {
      Buffer message = parts;
      parts = null;
      deliver(message);
    }
  }

  /** A text of one frame is decoded at once and looked at closer only if the decoder has replaced something. */
  private void deliverWhole(Buffer message) {
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

  private void deliver(Buffer message) {
    if (text) {
      sink.text(message.toString(StandardCharsets.UTF_8));
    } else {
      sink.binary(message);
    }
  }

  private void refuse(CloseReason reason, String detail) {
    sink.refused(new InvalidMessage(InvalidMessage.Kind.MALFORMED, detail), reason);
  }

  private static boolean isUtf8(Buffer message) {
    Utf8Check whole = new Utf8Check();
    return whole.accepts(message.getBytes()) && whole.complete();
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
