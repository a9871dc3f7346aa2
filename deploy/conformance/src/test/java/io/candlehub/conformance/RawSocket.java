package io.candlehub.conformance;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sends any frame, right or wrong. */
final class RawSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FINAL = 0x80;

  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};
  private static final int LONGEST_SHORT = 125;
  private static final int LONGEST_MIDDLE = 65_535;

  private final Socket socket;
  private final DataInputStream input;

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new DataInputStream(socket.getInputStream());
  }

  static RawSocket open(String url) throws IOException {
    URI uri = URI.create(url);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    RawSocket raw = new RawSocket(socket);
    socket
        .getOutputStream()
        .write(("GET / HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    String head = raw.head();
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new AssertionError(head);
    }
    // What is sent before the server has set its handlers is not judged by them.
    raw.send(FINAL | PING, "");
    if (raw.next().opcode() != PONG) {
      throw new AssertionError("no pong");
    }
    return raw;
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(input.readUnsignedByte());
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  /** Sends a masked frame; the first byte holds the flags and the opcode. */
  void send(int first, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length <= LONGEST_SHORT) {
      frame.write(0x80 | payload.length);
    } else if (payload.length <= LONGEST_MIDDLE) {
      frame.write(0x80 | 126);
      frame.write(payload.length >>> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >>> shift));
      }
    }
    frame.write(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i % MASK.length]);
    }
    sendRaw(frame.toByteArray());
  }

  void send(int first, String payload) throws IOException {
    send(first, payload.getBytes(StandardCharsets.UTF_8));
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Returns the next frame; fails if the connection ends without one. */
  Frame next() throws IOException {
    int first = input.readUnsignedByte();
    int length = input.readUnsignedByte();
    long size =
        length == 126 ? input.readUnsignedShort() : length == 127 ? input.readLong() : length;
    return new Frame(first & 0x0f, Buffer.buffer(input.readNBytes((int) size)));
  }

  /** Returns the status of the next frame, which must be a close frame. */
  int closeStatus() throws IOException {
    Frame frame = next();
    if (frame.opcode() != CLOSE) {
      throw new AssertionError("opcode " + frame.opcode() + " instead of a close frame");
    }
    return frame.payload().length() < 2 ? 1005 : frame.payload().getUnsignedShort(0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * A frame of the server, which never fragments here.
   *
   * @param opcode what it is
   * @param payload its bytes
   */
  record Frame(int opcode, Buffer payload) {
    String text() {
      return payload.toString(StandardCharsets.UTF_8);
    }
  }
}
