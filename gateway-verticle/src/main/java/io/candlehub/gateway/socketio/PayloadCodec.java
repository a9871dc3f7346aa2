package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;

/**
 * The bodies of the polling transport: packets joined by U+001E, binary messages as {@code b} and base64.
 *
 * <p>Text that itself holds U+001E cannot be carried; JSON never does.
 *
 * <p>Source: Engine.IO protocol 4, "Packet encoding", "HTTP long-polling".
 */
final class PayloadCodec {

  private static final char SEPARATOR = '\u001e';
  private static final char BINARY = 'b';

  private PayloadCodec() {}

  /** Encodes packets (String) and binary messages (Buffer) to one body. */
  static Buffer encode(Iterable<?> packets) {
    Buffer body = Buffer.buffer();
    for (Object packet : packets) {
      if (body.length() > 0) {
        body.appendByte((byte) SEPARATOR);
      }
      if (packet instanceof Buffer bytes) {
        body.appendByte((byte) BINARY);
        body.appendBytes(Base64.getEncoder().encode(bytes.getBytes()));
      } else {
        body.appendString((String) packet);
      }
    }
    return body;
  }

  /** Returns the bytes that a binary message takes in a body. */
  static int encodedBytes(Buffer message) {
    return 1 + (message.length() + 2) / 3 * 4;
  }

  /**
   * Opens a body for reading, packet by packet, so that a body of many small packets never stands in memory as a list of
   * them.
   *
   * @throws MalformedPacketException if the body is not UTF-8
   */
  static Reader read(Buffer body) throws MalformedPacketException {
    try {
      return new Reader(StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString());
    } catch (CharacterCodingException e) {
      throw new MalformedPacketException("body is not UTF-8");
    }
  }

  /** The packets of one body, one after the other: String for a packet, Buffer for a binary message. */
  static final class Reader {

    private final String text;
    private int next;

    private Reader(String text) {
      this.text = text;
    }

    /** Tells, as {@link Iterator#hasNext}, whether a packet is left; an empty body is one empty packet. */
    boolean hasNext() {
      return next <= text.length();
    }

    /**
     * Returns the next packet.
     *
     * @throws MalformedPacketException if it announces base64 and is not
     */
    Object next() throws MalformedPacketException {
      int separator = text.indexOf(SEPARATOR, next);
      int end = separator < 0 ? text.length() : separator;
      String packet = text.substring(next, end);
      next = end + 1;
      if (packet.isEmpty() || packet.charAt(0) != BINARY) {
        return packet;
      }
      try {
        // The official Java client breaks base64 into lines.
        String base64 = packet.substring(1).replace("\n", "").replace("\r", "");
        return Buffer.buffer(Base64.getDecoder().decode(base64));
      } catch (IllegalArgumentException e) {
        throw new MalformedPacketException("binary message is not base64");
      }
    }
  }
}
