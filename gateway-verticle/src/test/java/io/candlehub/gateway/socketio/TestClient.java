package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketFrame;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A WebSocket client that shows what it gets, message by message. */
final class TestClient {

  private static final String PING = "2";

  /** Kept, as a client that is not referred to any more closes its connections. */
  private final WebSocketClient owner;

  private final ClientWebSocket socket;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  private TestClient(WebSocketClient owner, ClientWebSocket socket) {
    this.owner = owner;
    this.socket = socket;
    socket.textMessageHandler(received::add);
    socket.binaryMessageHandler(
        bytes -> received.add("hex:" + HexFormat.of().formatHex(bytes.getBytes())));
    socket.closeHandler(done -> closed.complete((int) socket.closeStatusCode()));
  }

  static TestClient connect(Vertx vertx, int port, String uri) throws Exception {
    return LoopbackServer.await(connecting(vertx, port, uri));
  }

  static Future<TestClient> connecting(Vertx vertx, int port, String uri) {
    WebSocketClient client = vertx.createWebSocketClient(
        new WebSocketClientOptions().setMaxFrameSize(10_000_000).setMaxMessageSize(10_000_000));
    // The handlers are in place before the first message can arrive.
    ClientWebSocket socket = client.webSocket();
    TestClient connected = new TestClient(client, socket);
    return socket.connect(port, "127.0.0.1", uri).map(connected);
  }

  void send(String text) {
    socket.writeFrame(WebSocketFrame.textFrame(text, true));
  }

  void send(Buffer bytes) {
    socket.writeBinaryMessage(bytes);
  }

  /** Stops reading from the network. */
  void pause() {
    socket.pause();
  }

  void resume() {
    socket.resume();
  }

  /** Returns the next message, pings left out. */
  String next() throws Exception {
    String message = take();
    while (message.equals(PING)) {
      send("3");
      message = take();
    }
    return message;
  }

  /** Returns the next message that must be a ping or is shown as it is. */
  String nextPing() throws Exception {
    return take();
  }

  /** Returns the close code once the connection is closed. */
  int closed() throws Exception {
    return closed.get(10, TimeUnit.SECONDS);
  }

  void close() throws Exception {
    LoopbackServer.await(owner.close());
  }

  String closeText() {
    return socket.closeReason();
  }

  private String take() throws Exception {
    String message = received.poll(10, TimeUnit.SECONDS);
    if (message == null) {
      throw new TimeoutException("nothing received");
    }
    return message;
  }
}
