package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that sends whatever octets it is told to, and shows the frames it gets until the end. */
final class RawWebSocket {

  private static final String HEAD_END = "\r\n\r\n";

  /** Kept, as a client that is not referred to any more closes its connections. */
  @SuppressWarnings("unused")
  private final NetClient owner;

  private final NetSocket socket;
  private final CompletableFuture<Void> upgraded = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private Buffer received = Buffer.buffer();

  private RawWebSocket(NetClient owner, NetSocket socket) {
    this.owner = owner;
    this.socket = socket;
    socket.handler(this::take);
    socket.exceptionHandler(cut -> {});
    socket.closeHandler(end -> closed.complete(null));
  }

  static RawWebSocket connect(Vertx vertx, int port, String uri) throws Exception {
    NetClient client = vertx.createNetClient();
    RawWebSocket raw =
        new RawWebSocket(client, LoopbackServer.await(client.connect(port, "127.0.0.1")));
    LoopbackServer.await(
        raw.socket.write("GET " + uri + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    raw.upgraded.get(10, TimeUnit.SECONDS);
    return raw;
  }

  /** Makes a masked frame; the first octet holds FIN, RSV and opcode. */
  static Buffer frame(int first, byte[] payload) {
    Buffer frame = Buffer.buffer().appendByte((byte) first);
    if (payload.length < 126) {
      frame.appendByte((byte) (0x80 | payload.length));
    } else {
      frame.appendByte((byte) (0x80 | 126)).appendUnsignedShort(payload.length);
    }
    byte[] mask = {1, 2, 3, 4};
    frame.appendBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.appendByte((byte) (payload[i] ^ mask[i % 4]));
    }
    return frame;
  }

  Future<Void> send(Buffer octets) {
    return socket.write(octets);
  }

  void resume() {
    socket.resume();
  }

  void pause() {
    socket.pause();
  }

  /** Waits for the end of the connection and returns the frames, each as its opcode and its payload. */
  List<String> frames() throws Exception {
    closed.get(10, TimeUnit.SECONDS);
    List<String> frames = new ArrayList<>();
    int at = 0;
    while (at < received.length()) {
      int opcode = received.getByte(at) & 0x0f;
      int length = received.getByte(at + 1) & 0x7f;
      int start = at + 2;
      if (length == 126) {
        length = received.getUnsignedShort(start);
        start += 2;
      }
      frames.add(shown(opcode, received.getBytes(start, start + length)));
      at = start + length;
    }
    return frames;
  }

  /** Waits for the end of the connection, whatever came. */
  void gone() throws Exception {
    closed.get(10, TimeUnit.SECONDS);
  }

  private static String shown(int opcode, byte[] payload) {
    return switch (opcode) {
      case 1 -> "text " + new String(payload, StandardCharsets.UTF_8);
      case 2 -> "binary " + HexFormat.of().formatHex(payload);
      case 8 ->
        "close " + (payload.length < 2 ? 0 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
      case 10 -> "pong " + payload.length;
      default -> "opcode " + opcode;
    };
  }

  private void take(Buffer part) {
    received.appendBuffer(part);
    if (!upgraded.isDone()) {
      int end = received.toString(StandardCharsets.ISO_8859_1).indexOf(HEAD_END);
      if (end >= 0) {
        received = received.getBuffer(end + HEAD_END.length(), received.length());
        upgraded.complete(null);
      }
    }
  }
}
