package io.candlehub.ingest.provider;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket to a provider's stream, from the attempt to open it to its end. It is kept alive by pings, and lost when
 * nothing at all is received for too long: under load answers to pings may be late while data flow. It is opened once
 * and never used again. Confined to one event loop.
 */
public final class StreamSocket {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);
  private static final int MAX_FRAME_BYTES = 4 << 20;

  private final ClientWebSocket socket;
  private final URI url;
  private final StreamTimings timings;
  private final Clocks clocks;
  private final Listener listener;
  private Future<WebSocket> connecting = Future.failedFuture("not yet");
  private boolean open;
  private boolean over;
  private long lastHeardNanos;

  /**
   * What time it is.
   *
   * @param scheduler runs tasks on the event loop of the socket
   * @param nanos elapsed wall time in nanoseconds
   */
  public record Clocks(Scheduler scheduler, LongSupplier nanos) {}

  /** Takes what happens; nothing after {@link #lost}, nor after the socket was closed by us. */
  public interface Listener {
    /** It is open. */
    void opened();

    /** Something came, which may be a close frame. */
    void received(WebSocketFrame frame);

    /** It could not be opened, the other side closed it, or is silent. Not closed by us yet. */
    void lost(String reason);
  }

  /** Creates a socket that is not open. */
  public StreamSocket(
      WebSocketClient client, URI url, StreamTimings timings, Clocks clocks, Listener listener) {
    this.socket = client.webSocket();
    this.url = url;
    this.timings = timings;
    this.clocks = clocks;
    this.listener = listener;
  }

  /** Returns a client for sockets of streams, whose messages may be large. */
  public static WebSocketClient client(Vertx vertx) {
    return vertx.createWebSocketClient(new WebSocketClientOptions()
        .setMaxFrameSize(MAX_FRAME_BYTES)
        .setMaxMessageSize(MAX_FRAME_BYTES)
        .setTcpNoDelay(true));
  }

  /** Begins to open it. */
  public void open() {
    socket.frameHandler(this::received);
    socket.closeHandler(nothing -> lost("connection lost"));
    socket.exceptionHandler(
        failure -> LOG.debug("socket failed [url: {}, reason: {}]", url, failure.toString()));
    connecting = socket.connect(StreamAddress.options(url, timings.connect()));
    connecting.onSuccess(connected -> opened()).onFailure(this::notOpened);
  }

  private void opened() {
    if (!over) {
      open = true;
      lastHeardNanos = clocks.nanos().getAsLong();
      planPing();
      listener.opened();
    }
  }

  private void notOpened(Throwable failure) {
    if (!over) {
      LOG.info("connect failed [url: {}, reason: {}]", url, failure.toString());
      lost("could not connect to the provider");
    }
  }

  private void planPing() {
    clocks.scheduler().after(timings.ping(), () -> {
      if (over) {
        return;
      }
      if (clocks.nanos().getAsLong() - lastHeardNanos > timings.dead().toNanos()) {
        lost("no answer from the provider");
      } else {
        ping();
        planPing();
      }
    });
  }

  private void received(WebSocketFrame frame) {
    if (!over) {
      lastHeardNanos = clocks.nanos().getAsLong();
      listener.received(frame);
    }
  }

  private void lost(String reason) {
    if (!over) {
      over = true;
      listener.lost(reason);
    }
  }

  /** Returns when something was last received, by the nano clock. */
  public long lastHeardNanos() {
    return lastHeardNanos;
  }

  /** Sends a ping now, if it is open. */
  public void ping() {
    if (open && !over) {
      socket
          .writePing(Buffer.buffer("?"))
          .onFailure(failure -> LOG.debug("ping failed [reason: {}]", failure.toString()));
    }
  }

  /** Sends a message. */
  public void send(String text) {
    socket
        .writeTextMessage(text)
        .onFailure(failure -> LOG.debug("send failed [reason: {}]", failure.toString()));
  }

  /** Closes it. An attempt to connect cannot be called off: what comes of it is closed at once. */
  public Future<Void> close() {
    over = true;
    return open
        ? socket.close().otherwiseEmpty()
        : connecting.transform(opened ->
            opened.succeeded() ? socket.close().otherwiseEmpty() : Future.succeededFuture());
  }
}
