package io.candlehub.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.CharsetUtil;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client that speaks Socket.IO by long polling: one connection polls, one posts. */
final class StallPoller extends StallClient {
  private static final String PATH = "/socket.io/?EIO=4&transport=polling";
  private static final char SEPARATOR = '\u001e';
  private static final int LONGEST_ANSWER = 1 << 24;

  private final Function<Consumer<Channel>, ChannelFuture> connector;
  private final List<String> unsent = new ArrayList<>();
  private Channel polls;
  private Channel posts;
  private String path = PATH;
  private boolean posting;

  /**
   * Creates a client.
   *
   * @param connector connects a channel after its pipeline has been filled
   */
  StallPoller(
      Function<Consumer<Channel>, ChannelFuture> connector,
      List<Integer> streams,
      boolean stalls,
      StallCounts counts,
      Runnable onJoined) {
    super(streams, stalls, counts, onJoined);
    this.connector = connector;
  }

  /** Begins. */
  void begin() {
    connect(true);
  }

  private void connect(boolean polling) {
    connector
        .apply(channel -> channel
            .pipeline()
            .addLast(
                new HttpClientCodec(),
                new HttpObjectAggregator(LONGEST_ANSWER),
                new Answers(polling)))
        .addListener((ChannelFuture done) -> {
          if (!done.isSuccess()) {
            counts().connections().failed(done.cause().toString());
          } else if (polling) {
            polls = done.channel();
            poll();
          } else {
            posts = done.channel();
            posting = false;
            post();
          }
        });
  }

  @Override
  String speaks() {
    return "POLLING";
  }

  @Override
  void follow() {
    unsent.addAll(focuses());
    post();
  }

  @Override
  void keepAlive() {}

  @Override
  void reads(boolean now) {
    // Nothing of a stream comes by the other connection, and its end is to be noticed.
    polls.config().setAutoRead(now);
  }

  private void poll() {
    send(polls, HttpMethod.GET, Unpooled.EMPTY_BUFFER);
  }

  private void post() {
    if (posting || unsent.isEmpty()) {
      return;
    }
    posting = true;
    if (posts == null) {
      connect(false);
    } else {
      String body = String.join(String.valueOf(SEPARATOR), unsent);
      unsent.clear();
      send(posts, HttpMethod.POST, Unpooled.copiedBuffer(body, CharsetUtil.UTF_8));
    }
  }

  private void send(Channel channel, HttpMethod method, ByteBuf body) {
    FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, body);
    request
        .headers()
        .set(HttpHeaderNames.HOST, channel.remoteAddress().toString().replaceFirst("^.*/", ""))
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    channel.writeAndFlush(request).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private void answered(boolean polling, FullHttpResponse answer) {
    if (!answer.status().equals(HttpResponseStatus.OK)) {
      counts()
          .connections()
          .failed(answer.status() + " " + answer.content().toString(CharsetUtil.UTF_8));
    } else if (polling) {
      packets(answer.content());
      poll();
    } else {
      posting = false;
      post();
    }
  }

  private void packets(ByteBuf body) {
    while (body.isReadable()) {
      int length = body.bytesBefore((byte) SEPARATOR);
      packet(body.readSlice(length < 0 ? body.readableBytes() : length));
      if (length >= 0) {
        body.skipBytes(1);
      }
    }
  }

  private void packet(ByteBuf packet) {
    char type = (char) packet.getByte(packet.readerIndex());
    if (type == '4' && isJoined()) {
      message(packet);
    } else if (type == '0') {
      String opened = packet.toString(CharsetUtil.UTF_8).substring(1);
      path = PATH + "&sid=" + new JsonObject(opened).getString("sid");
      unsent.add("40");
      post();
    } else if (type == '2') {
      unsent.add("3");
      post();
    } else if (type == '4') {
      hasJoined();
    } else {
      counts().connections().failed(packet.toString(CharsetUtil.UTF_8));
    }
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final boolean polling;

    private Answers(boolean polling) {
      this.polling = polling;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      answered(polling, answer);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      if (polling || posting) {
        counts().connections().closed((polling ? "polling" : "posting") + " closed");
      } else {
        // A connection without a request may end at any time; the session goes on.
        posts = null;
      }
      super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      counts().connections().failed("polling " + cause);
      context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }
}
