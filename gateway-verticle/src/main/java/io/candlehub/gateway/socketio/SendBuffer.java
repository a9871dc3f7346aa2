package io.candlehub.gateway.socketio;

import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what the system's own buffer takes of messages to one client. Left to itself it grows to megabytes: a client that
 * does not read then looks like one that does until its pings are overdue, and gets minutes of old messages when it reads
 * again.
 */
public final class SendBuffer {
  private static final int BYTES = 64 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(SendBuffer.class);

  private SendBuffer() {}

  /**
   * Sets the size of the send buffer to 64 KB; the system may count its own overhead on top.
   *
   * @param connection the connection of the request that is upgraded; one of HTTP/2 is left as it is
   */
  public static void limit(HttpConnection connection) {
    if (connection instanceof HttpServerConnection http) {
      try {
        http.channelHandlerContext().channel().config().setOption(ChannelOption.SO_SNDBUF, BYTES);
      } catch (RuntimeException e) {
        // A socket that has just been closed takes no options.
        LOG.debug("send buffer not set [cause: {}]", e.toString());
      }
    }
  }
}
