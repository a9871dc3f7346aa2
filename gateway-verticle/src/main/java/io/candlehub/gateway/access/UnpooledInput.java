package io.candlehub.gateway.access;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Puts what clients send into memory of the heap as soon as it is decoded. Vert.x does so itself when it reads a message,
 * but forgets pooled memory that it never reads: WebSocket frames sent before the upgrade was accepted, and whatever waits
 * behind a request that is being answered when the connection ends. A client could use up the pool with either.
 * Confined to the connection's event loop.
 */
final class UnpooledInput extends ChannelInboundHandlerAdapter {
  private static final String LAST_HANDLER = "handler";

  private UnpooledInput() {}

  /** Applies to a new connection. */
  static void of(HttpServerConnection connection) {
    ChannelPipeline pipeline = connection.channelHandlerContext().pipeline();
    if (pipeline.get(LAST_HANDLER) != null) {
      pipeline.addBefore(LAST_HANDLER, "unpooled-input", new UnpooledInput());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.fireChannelRead(
        message instanceof ByteBufHolder holder && holder.content().isReadable()
            ? copy(holder)
            : message);
  }

  private static ByteBufHolder copy(ByteBufHolder holder) {
    ByteBuf content = holder.content();
    ByteBuf bytes = Unpooled.buffer(content.readableBytes());
    bytes.writeBytes(content, content.readerIndex(), content.readableBytes());
    ByteBufHolder copied = holder.replace(bytes);
    holder.release();
    return copied;
  }
}
