package io.candlehub.launcher;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One WebSocket; binary messages are texts too, as the bridge sends them. */
final class WebSocketPipe implements Pipe, WebSocket.Listener {
  private final Pipe.Listener listener;
  private final StringBuilder text = new StringBuilder();
  private byte[] bytes = new byte[0];
  private volatile WebSocket socket;
  private CompletableFuture<WebSocket> sending;

  private WebSocketPipe(Pipe.Listener listener) {
    this.listener = listener;
  }

  static WebSocketPipe open(HttpClient http, String url, Pipe.Listener listener) throws Exception {
    WebSocketPipe pipe = new WebSocketPipe(listener);
    URI uri = URI.create(url.replaceFirst("^http", "ws"));
    pipe.socket = http.newWebSocketBuilder().buildAsync(uri, pipe).get(20, TimeUnit.SECONDS);
    return pipe;
  }

  @Override
  public synchronized void send(String message) {
    CompletableFuture<WebSocket> before =
        sending == null ? CompletableFuture.completedFuture(null) : sending;
    sending = before.thenCompose(done -> socket.sendText(message, true));
  }

  @Override
  public void cut() {
    socket.abort();
  }

  /** The first message may arrive before the future of the connection is complete. */
  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    opened.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      String message = text.toString();
      text.setLength(0);
      listener.received(message);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + part.remaining());
    part.get(longer, bytes.length, part.remaining());
    bytes = longer;
    if (last) {
      String message = new String(bytes, StandardCharsets.UTF_8);
      bytes = new byte[0];
      listener.received(message);
    }
    from.request(1);
    return null;
  }
}
