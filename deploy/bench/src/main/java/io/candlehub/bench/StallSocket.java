package io.candlehub.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client on a WebSocket: Socket.IO, or the bridge with the frames of SockJS or without. */
final class StallSocket extends StallClient {
  private static final int LONGEST_HEAD = 65_536;
  private static final int LONGEST_FRAME = 1 << 24;

  /** What it speaks. */
  enum Dialect {
    SOCKET_IO("/socket.io/?EIO=4&transport=websocket"),
    SOCKJS("/eventbus/000/%08d/websocket"),
    SOCKJS_RAW("/eventbus/websocket");

    private final String path;

    Dialect(String path) {
      this.path = path;
    }
  }

  private final Dialect dialect;
  private final String path;
  private Channel channel;
  private byte[] plain = new byte[4_096];

  StallSocket(
      Dialect dialect,
      int number,
      List<Integer> streams,
      boolean stalls,
      StallCounts counts,
      Runnable onJoined) {
    super(streams, stalls, counts, onJoined);
    this.dialect = dialect;
    this.path = String.format(dialect.path, number);
  }

  /** Takes a channel that is not connected yet. */
  void use(Channel fresh, int port) {
    channel = fresh;
    channel
        .pipeline()
        .addLast(
            new HttpClientCodec(),
            new HttpObjectAggregator(LONGEST_HEAD),
            new WebSocketClientProtocolHandler(
                URI.create("ws://127.0.0.1:" + port + path),
                WebSocketVersion.V13,
                null,
                false,
                new DefaultHttpHeaders(),
                LONGEST_FRAME),
            new Frames());
  }

  @Override
  void follow() {
    if (dialect == Dialect.SOCKET_IO) {
      focuses().forEach(this::write);
    } else {
      streams()
          .forEach(stream -> bridge(new JsonObject()
              .put("type", "register")
              .put("address", "md.chart.1m." + ChartUpdates.symbol(stream))));
    }
  }

  @Override
  void keepAlive() {
    if (isJoined() && dialect != Dialect.SOCKET_IO) {
      bridge(new JsonObject().put("type", "ping"));
    }
  }

  @Override
  void reads(boolean now) {
    channel.config().setAutoRead(now);
  }

  private void bridge(JsonObject message) {
    write(
        dialect == Dialect.SOCKJS
            ? new JsonArray().add(message.encode()).encode()
            : message.encode());
  }

  private void write(String packet) {
    channel
        .writeAndFlush(new TextWebSocketFrame(packet))
        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private void received(ByteBuf content) {
    char type = content.isReadable() ? (char) content.getByte(content.readerIndex()) : ' ';
    if (dialect == Dialect.SOCKJS) {
      framed(content, type);
    } else if (dialect == Dialect.SOCKJS_RAW || (type == '4' && isJoined())) {
      message(content);
    } else if (type == '0') {
      write("40");
    } else if (type == '2') {
      write("3");
    } else if (type == '4') {
      hasJoined();
    } else {
      counts().failed(content.toString(StandardCharsets.UTF_8));
    }
  }

  /** Takes the messages of {@code a["...","..."]} apart. */
  private void framed(ByteBuf content, char type) {
    if (type == 'o') {
      hasJoined();
    } else if (type == 'c') {
      counts().failed(content.toString(StandardCharsets.UTF_8));
    } else if (type == 'a') {
      if (plain.length < content.readableBytes()) {
        plain = new byte[2 * content.readableBytes()];
      }
      int length = 0;
      boolean inside = false;
      for (int at = content.readerIndex() + 2; at < content.writerIndex(); at++) {
        byte next = content.getByte(at);
        if (next == '\\') {
          at++;
          plain[length++] = content.getByte(at);
        } else if (next == '"') {
          if (inside) {
            message(plain, 0, length);
            length = 0;
          }
          inside = !inside;
        } else if (inside) {
          plain[length++] = next;
        }
      }
    }
  }

  private final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      received(frame.content());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE && dialect == Dialect.SOCKJS_RAW) {
        hasJoined();
      }
      super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      counts().closed(dialect.name());
      super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      counts().failed(dialect + " " + cause);
      context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }
}
