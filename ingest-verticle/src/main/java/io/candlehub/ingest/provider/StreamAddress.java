package io.candlehub.ingest.provider;

import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;

/** How to connect to a WebSocket address; as a program, which has no origin. */
public final class StreamAddress {
  private static final int SECURE_PORT = 443;
  private static final int PLAIN_PORT = 80;

  private StreamAddress() {}

  /**
   * Returns the options of a connection.
   *
   * @param url whole address, {@code ws} or {@code wss}
   * @param timeout longest time until the socket is open
   */
  public static WebSocketConnectOptions options(URI url, Duration timeout) {
    boolean secure = "wss".equals(url.getScheme());
    int usual = secure ? SECURE_PORT : PLAIN_PORT;
    WebSocketConnectOptions options = new WebSocketConnectOptions().setAllowOriginHeader(false);
    options
        .setHost(url.getHost())
        .setPort(url.getPort() >= 0 ? url.getPort() : usual)
        .setSsl(secure)
        .setURI(url.getRawPath())
        .setConnectTimeout(timeout.toMillis())
        .setTimeout(timeout.toMillis());
    return options;
  }
}
