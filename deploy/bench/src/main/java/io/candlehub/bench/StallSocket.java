package io.candlehub.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A client on a WebSocket: Socket.IO, or the bridge with the frames of SockJS or without. It looks at the bytes of whole
 * frames where they are, as a thousand clients share a core.
 */
final class StallSocket extends StallClient {
  private static final int SHORT = 125;
  private static final int MEDIUM = 126;
  private static final int MASKED = 0x80;
  private static final int FINAL_TEXT = 0x81;
  private static final int CONTROL = 0x08;
  private static final int CLOSE = 0x08;
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

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
  private byte[] received = new byte[4_096];
  private byte[] plain = new byte[1_024];
  private int end;
  private boolean upgraded;

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
  void use(Channel fresh) {
    channel = fresh;
    channel.pipeline().addLast(new Frames());
  }

  @Override
  String speaks() {
    return dialect.name();
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

  /** Sends a text; the mask of zeros leaves it as it is. */
  private void write(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = channel.alloc().buffer(payload.length + 8).writeByte(FINAL_TEXT);
    if (payload.length <= SHORT) {
      frame.writeByte(MASKED | payload.length);
    } else {
      frame.writeByte(MASKED | MEDIUM).writeShort(payload.length);
    }
    send(frame.writeInt(0).writeBytes(payload));
  }

  private void send(ByteBuf bytes) {
    channel.writeAndFlush(bytes).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private void received(ByteBuf part) {
    int length = part.readableBytes();
    if (end + length > received.length) {
      received = Arrays.copyOf(received, 2 * (end + length));
    }
    part.readBytes(received, end, length);
    end += length;
    int from = upgraded ? 0 : upgrade();
    for (int next = frame(from); next > from; next = frame(from)) {
      from = next;
    }
    System.arraycopy(received, from, received, 0, end - from);
    end -= from;
  }

  private int upgrade() {
    int headEnd = ChartBook.indexOf(received, 0, end, END_OF_HEAD);
    if (headEnd < 0) {
      return 0;
    }
    String head = new String(received, 0, headEnd, StandardCharsets.US_ASCII);
    upgraded = true;
    if (!head.startsWith("HTTP/1.1 101")) {
      counts().connections().failed(head);
    } else if (dialect == Dialect.SOCKJS_RAW) {
      hasJoined();
    }
    return headEnd + END_OF_HEAD.length;
  }

  /** Takes the frame at a place and returns the place after it, or the same if it is not whole yet. */
  private int frame(int from) {
    int head = 2;
    if (!upgraded || end - from < head) {
      return from;
    }
    long length = received[from + 1] & 0x7f;
    if (length > SHORT) {
      int more = length == MEDIUM ? 2 : 8;
      if (end - from < head + more) {
        return from;
      }
      length = 0;
      for (int i = 0; i < more; i++) {
        length = (length << 8) | (received[from + head + i] & 0xff);
      }
      head += more;
    }
    if (end - from < head + length) {
      return from;
    }
    int begin = from + head;
    int after = Math.toIntExact(begin + length);
    int opcode = received[from] & 0x0f;
    if (opcode == CLOSE) {
      counts().connections().failed(dialect + " close frame");
    } else if (opcode < CONTROL && begin < after) {
      message(begin, after, (char) received[begin]);
    }
    return after;
  }

  private void message(int from, int to, char type) {
    if (dialect == Dialect.SOCKJS) {
      framed(from, to, type);
    } else if (dialect == Dialect.SOCKJS_RAW || (type == '4' && isJoined())) {
      message(received, from, to);
    } else if (type == '0') {
      write("40");
    } else if (type == '2') {
      write("3");
    } else if (type == '4') {
      hasJoined();
    } else {
      counts().connections().failed(new String(received, from, to - from, StandardCharsets.UTF_8));
    }
  }

  /** Takes the messages of {@code a["...","..."]} apart. */
  private void framed(int from, int to, char type) {
    if (type == 'o') {
      hasJoined();
    } else if (type == 'c') {
      counts().connections().failed(new String(received, from, to - from, StandardCharsets.UTF_8));
    } else if (type == 'a') {
      if (plain.length < to - from) {
        plain = new byte[2 * (to - from)];
      }
      int length = 0;
      boolean inside = false;
      for (int at = from + 2; at < to; at++) {
        byte next = received[at];
        if (next == '\\') {
          at++;
          plain[length++] = received[at];
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

  private final class Frames extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      String head = "GET " + path + " HTTP/1.1\r\nHost: "
          + context.channel().remoteAddress().toString().replaceFirst("^.*/", "")
          + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      send(context.alloc().buffer().writeBytes(head.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf part) {
      received(part);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      counts().connections().closed(dialect.name() + " closed");
      super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      counts().connections().failed(dialect + " " + cause);
      context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }
}
