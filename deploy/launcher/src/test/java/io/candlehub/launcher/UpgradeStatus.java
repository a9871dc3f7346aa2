package io.candlehub.launcher;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;

/** How the program answers who asks for a WebSocket. */
final class UpgradeStatus {
  private UpgradeStatus() {}

  /** Returns the status, 101 if the WebSocket was opened; it is closed at once. */
  static int of(HttpClient client, String url, String origin) {
    try {
      client
          .newWebSocketBuilder()
          .header("Origin", origin)
          .buildAsync(URI.create(url.replaceFirst("http", "ws")), new WebSocket.Listener() {})
          .join()
          .abort();
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }
}
