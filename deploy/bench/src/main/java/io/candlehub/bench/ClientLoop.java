package io.candlehub.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The one event loop of a measurement's clients, and how they are told what to do. */
final class ClientLoop implements AutoCloseable {
  /** So many addresses of loopback the connections come from, as one has too few ports. */
  private static final int SOURCES = 16;

  private static final long KEEP_ALIVE_SECONDS = 4;

  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
      1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

  /** Returns what opens a connection whose channel is set up by the given action. */
  Bootstrap connector(Consumer<Channel> setUp) {
    return new Bootstrap()
        .group(group)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            setUp.accept(channel);
          }
        });
  }

  /** Returns where a server listens. */
  static InetSocketAddress server(int port) {
    return loopback(1, port);
  }

  /** Returns from where a client connects. */
  static InetSocketAddress source(int number) {
    return loopback(1 + number % SOURCES, 0);
  }

  private static InetSocketAddress loopback(int last, int port) {
    return new InetSocketAddress(
        NetUtil.createInetAddressFromIpAddressString("127.0.0." + last), port);
  }

  EventLoop eventLoop() {
    return group.next();
  }

  /** Does an action every few seconds, as clients do which have to be kept alive. */
  void keepAlive(Runnable action, Consumer<String> ended) {
    eventLoop()
        .scheduleAtFixedRate(action, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .addListener(end -> ended.accept("no client is kept alive any more"));
  }

  /** Obeys a command on the loop and returns the answer. */
  JsonObject answer(JsonObject command, Function<JsonObject, JsonObject> obey)
      throws InterruptedException, ExecutionException {
    return eventLoop().submit(() -> obey.apply(command)).get();
  }

  /** Obeys commands from standard input, one JSON object a line, and prints the answers, until there are no more. */
  void obeyInput(Function<JsonObject, JsonObject> obey)
      throws IOException, InterruptedException, ExecutionException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(answer(new JsonObject(line), obey).encode());
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
