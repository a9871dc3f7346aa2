package io.candlehub.gateway.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the messages of one WebSocket to its channel as finished frames: frames of a server are not masked, so all
 * clients can share the bytes of one. What is written in one turn of the event loop leaves with one flush at its end.
 *
 * <p>Threads: writes come from the loop of the session, which after an upgrade need not be that of the socket; all else
 * happens on the socket's.
 *
 * <p>Source: RFC 6455, sections 5.1 and 5.2.
 */
final class FrameWriter extends ChannelInboundHandlerAdapter {
  private static final String LAST_HANDLER = "handler";
  private static final int TEXT = 0x81;
  private static final int BINARY = 0x82;
  private static final int MOST_HEAD_BYTES = 10;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final int LONGEST_SHORT = 0xFFFF;
  private static final FastThreadLocal<List<FrameWriter>> WAITING = new FastThreadLocal<>() {
    @Override
    protected List<FrameWriter> initialValue() {
      return new ArrayList<>();
    }
  };

  private final ChannelHandlerContext channel;
  private final Runnable onWritable;
  private boolean waiting;

  private FrameWriter(ChannelHandlerContext channel, Runnable onWritable) {
    this.channel = channel;
    this.onWritable = onWritable;
  }

  /**
   * Creates the writer of a channel.
   *
   * @param channel the context of Vert.x' handler
   * @param onWritable told on the channel's loop whenever the channel becomes writable again
   */
  static FrameWriter of(ChannelHandlerContext channel, Runnable onWritable) {
    FrameWriter writer = new FrameWriter(channel, onWritable);
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(LAST_HANDLER) != null) {
      pipeline.addBefore(LAST_HANDLER, "frame-writer", writer);
    }
    if (pipeline.get(IdleStateHandler.class) != null) {
      // The session's heartbeat sees more, and every write would pay for this one.
      pipeline.remove(IdleStateHandler.class);
    }
    return writer;
  }

  /** Returns the frame of a text message, to be released. */
  static ByteBuf frame(ChannelHandlerContext channel, String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    ByteBuf frame = channel.alloc().directBuffer(length + MOST_HEAD_BYTES);
    head(frame, TEXT, length);
    frame.writeCharSequence(text, StandardCharsets.UTF_8);
    return frame;
  }

  private static void head(ByteBuf frame, int kind, int length) {
    frame.writeByte(kind);
    if (length < SHORT) {
      frame.writeByte(length);
    } else if (length <= LONGEST_SHORT) {
      frame.writeByte(SHORT).writeShort(length);
    } else {
      frame.writeByte(LONG).writeLong(length);
    }
  }

  /** Returns false while more waits than the channel's mark allows. */
  boolean writable() {
    return channel.channel().isWritable();
  }

  void text(String message) {
    write(frame(channel, message));
  }

  void binary(Buffer message) {
    ByteBuf frame = channel.alloc().directBuffer(message.length() + MOST_HEAD_BYTES);
    head(frame, BINARY, message.length());
    write(frame.writeBytes(message.getBytes()));
  }

  void event(EncodedEvent event) {
    write(event.frame(channel));
  }

  private void write(ByteBuf frame) {
    var unused = channel.write(frame, channel.voidPromise());
    if (!channel.executor().inEventLoop()) {
      channel.flush();
    } else if (!waiting) {
      waiting = true;
      List<FrameWriter> turn = WAITING.get();
      turn.add(this);
      if (turn.size() == 1) {
        channel.executor().execute(FrameWriter::flushTurn);
      }
    }
  }

  private static void flushTurn() {
    List<FrameWriter> turn = WAITING.get();
    List<FrameWriter> written = List.copyOf(turn);
    turn.clear();
    for (FrameWriter writer : written) {
      writer.waiting = false;
      writer.channel.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.fireChannelWritabilityChanged();
    if (ctx.channel().isWritable()) {
      onWritable.run();
    }
  }
}
