package io.candlehub.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One client of the fan-out measurement: a WebSocket that reads no more of a message than its kind, the time in its bar
 * and its positions. Confined to its event loop.
 */
final class LoadClient extends ByteToMessageDecoder {
  private static final int SHORT = 125;
  private static final int MEDIUM = 126;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int FINAL = 0x80;
  private static final int STATUS_BYTES = 2;
  private static final int NORMAL_CLOSURE = 1000;
  private static final byte[] VOLUME = "\"v\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SEQ = ",\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final LoadDialect dialect;
  private final byte[] updateStart;
  private final String symbol;
  private final LoadCounts counts;
  private final Runnable onJoined;
  private ChannelHandlerContext connection;
  private boolean upgraded;
  private boolean joined;
  private boolean served;
  private long position;

  LoadClient(LoadDialect dialect, String symbol, LoadCounts counts, Runnable onJoined) {
    this.dialect = dialect;
    this.updateStart = dialect.updateStart();
    this.symbol = symbol;
    this.counts = counts;
    this.onJoined = onJoined;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connection = context;
    String head = "GET " + dialect.path(symbol) + " HTTP/1.1\r\nHost: "
        + context.channel().remoteAddress().toString().replaceFirst("^.*/", "")
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    write(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
  }

  /** Asks for the stream's updates. */
  void follow() {
    String message = dialect.follow(symbol);
    if (dialect != LoadDialect.SOCKET_IO) {
      counts.connections().following();
    }
    if (!message.isEmpty()) {
      send(message);
    }
  }

  void keepAlive() {
    send(dialect.keepAlive());
  }

  /** Forgets that it was served. */
  void reset() {
    served = false;
  }

  /** Says goodbye; the server closes the connection. */
  void close() {
    write(connection
        .alloc()
        .buffer()
        .writeByte(FINAL | CLOSE)
        .writeByte(MASKED | STATUS_BYTES)
        .writeInt(0)
        .writeShort(NORMAL_CLOSURE));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!upgraded && !upgrade(in)) {
      return;
    }
    while (in.readableBytes() >= 2) {
      int start = in.readerIndex();
      int length = in.getByte(start + 1) & 0x7f;
      int head = length <= SHORT ? 2 : length == MEDIUM ? 4 : 10;
      if (in.readableBytes() < head) {
        return;
      }
      int payload = length <= SHORT
          ? length
          : length == MEDIUM
              ? in.getUnsignedShort(start + 2)
              : Math.toIntExact(in.getLong(start + 2));
      if (in.readableBytes() < head + payload) {
        return;
      }
      int opcode = in.getByte(start) & 0x0f;
      if (opcode == TEXT || opcode == BINARY) {
        message(in, start + head, payload, head);
      }
      in.readerIndex(start + head + payload);
    }
  }

  private boolean upgrade(ByteBuf in) {
    int end = indexOf(in, in.readerIndex(), in.writerIndex(), END_OF_HEAD);
    if (end < 0) {
      return false;
    }
    String head = in.readCharSequence(
            end + END_OF_HEAD.length - in.readerIndex(), StandardCharsets.US_ASCII)
        .toString();
    if (!head.startsWith("HTTP/1.1 101")) {
      counts.connections().failed(head.lines().findFirst().orElse(""));
      connection.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      return false;
    }
    upgraded = true;
    if (dialect != LoadDialect.SOCKET_IO) {
      hasJoined();
    }
    return true;
  }

  private void hasJoined() {
    joined = true;
    counts.connections().joined();
    onJoined.run();
  }

  private void message(ByteBuf in, int from, int length, int head) {
    if (startsWith(in, from, length)) {
      update(in, from, length, head);
    } else if (dialect == LoadDialect.SOCKET_IO) {
      protocol(in, from, length);
    }
  }

  private boolean startsWith(ByteBuf in, int from, int length) {
    if (length < updateStart.length) {
      return false;
    }
    for (int i = 0; i < updateStart.length; i++) {
      if (in.getByte(from + i) != updateStart[i]) {
        return false;
      }
    }
    return true;
  }

  private void protocol(ByteBuf in, int from, int length) {
    char type = length > 0 ? (char) in.getByte(from) : ' ';
    char inner = length > 1 ? (char) in.getByte(from + 1) : ' ';
    if (type == '0') {
      send("40");
    } else if (type == '2') {
      send("3");
    } else if (type == '4' && inner == '0' && !joined) {
      hasJoined();
    } else if (type == '4' && inner == '3') {
      counts.connections().following();
    }
  }

  private void update(ByteBuf in, int from, int length, int head) {
    int end = from + length;
    int seqAt = lastIndexOf(in, from, end, SEQ);
    if (seqAt < 0) {
      return;
    }
    long seq = number(in, seqAt + SEQ.length);
    long fromSeq = number(in, digitsBefore(in, seqAt));
    if (position > 0 && fromSeq > position) {
      counts.gap();
    }
    if (seq > position) {
      counts.message(position == 0 ? 1 : seq - position, head + length, age(in, from, end));
      position = seq;
      if (!served) {
        served = true;
        counts.served();
      }
    }
  }

  /** Returns how old the bar is in microseconds; 0 if there is none. */
  private static long age(ByteBuf in, int from, int end) {
    int at = indexOf(in, from, end, VOLUME);
    return at < 0
        ? 0
        : TimeUnit.NANOSECONDS.toMicros(System.nanoTime()) - number(in, at + VOLUME.length);
  }

  private static int digitsBefore(ByteBuf in, int end) {
    int at = end;
    while (Character.isDigit(in.getByte(at - 1))) {
      at--;
    }
    return at;
  }

  private static long number(ByteBuf in, int from) {
    long value = 0;
    for (int at = from; Character.isDigit(in.getByte(at)); at++) {
      value = value * 10 + in.getByte(at) - '0';
    }
    return value;
  }

  private static int indexOf(ByteBuf in, int from, int to, byte[] wanted) {
    for (int at = from; at <= to - wanted.length; at++) {
      if (matches(in, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static int lastIndexOf(ByteBuf in, int from, int to, byte[] wanted) {
    for (int at = to - wanted.length; at >= from; at--) {
      if (matches(in, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean matches(ByteBuf in, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (in.getByte(at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Sends a text; the mask of zeros leaves it as it is. */
  private void send(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = connection.alloc().buffer(payload.length + 8).writeByte(FINAL | TEXT);
    if (payload.length <= SHORT) {
      frame.writeByte(MASKED | payload.length);
    } else {
      frame.writeByte(MASKED | MEDIUM).writeShort(payload.length);
    }
    write(frame.writeInt(0).writeBytes(payload));
  }

  private void write(ByteBuf bytes) {
    connection.writeAndFlush(bytes).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    counts.connections().closed();
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    counts.connections().failed(cause.toString());
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }
}
