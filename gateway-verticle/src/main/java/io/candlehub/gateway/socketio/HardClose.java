package io.candlehub.gateway.socketio;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a connection whose client does not read any more. */
public final class HardClose {
  private static final Logger LOG = LoggerFactory.getLogger(HardClose.class);

  private HardClose() {}

  /**
   * Closes the channel itself, as a close frame would queue behind what the client does not read. Does nothing to a
   * connection that is closed.
   *
   * @param connection the connection of the request that was upgraded; on its event loop
   */
  public static void of(HttpConnection connection) {
    if (connection instanceof HttpServerConnection http) {
      ChannelHandlerContext first =
          http.channelHandlerContext().channel().pipeline().firstContext();
      if (first != null) {
        var unused = first.close();
      }
    } else {
      connection.close().onFailure(e -> LOG.debug("not closed [cause: {}]", e.toString()));
    }
  }
}
