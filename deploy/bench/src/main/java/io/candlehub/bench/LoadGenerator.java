package io.candlehub.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
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
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;

/**
 * The clients of the fan-out measurement, in a process of their own on one event loop. Commands come by standard input
 * as one JSON object a line, and each is answered with the counts:
 *
 * <ul>
 *   <li>{@code open} with dialect, port, clients and symbols: connects them, a few at a time, each to one symbol;
 *   <li>{@code follow}: every client asks for its stream;
 *   <li>{@code nap} with millis: sleeps so long between looks at the network, or not at all;
 *   <li>{@code reset}: forgets what was received;
 *   <li>{@code counts}: nothing else;
 *   <li>{@code close}: closes every connection.
 * </ul>
 */
@Command(name = "fanout-clients", description = "Used by fanout.", hidden = true)
final class LoadGenerator implements Callable<Integer> {
  private static final int AT_A_TIME = 100;
  private static final int SOURCES = 16;
  private static final long NAP_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long KEEP_ALIVE_SECONDS = 4;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
      1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final List<LoadClient> clients = new ArrayList<>();
  private LoadCounts counts = new LoadCounts();
  private LoadDialect dialect = LoadDialect.PLAIN;
  private long napNanos;
  private int port;
  private int wanted;
  private int begun;
  private List<?> symbols = List.of();

  @Override
  public Integer call() throws Exception {
    loop.next()
        .scheduleAtFixedRate(
            this::keepAlive, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .addListener(ended -> counts.failed("no client is kept alive any more"));
    loop.next().execute(this::nap);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(answer(new JsonObject(line)));
    }
    return 0;
  }

  private String answer(JsonObject command) throws InterruptedException, ExecutionException {
    return loop.next()
        .submit(() -> {
          obey(command);
          return counts.toJson().encode();
        })
        .get();
  }

  private void obey(JsonObject command) {
    switch (command.getString("do")) {
      case "open" -> open(command);
      case "nap" -> napNanos = TimeUnit.MILLISECONDS.toNanos(command.getLong("millis"));
      case "follow" -> clients.forEach(LoadClient::follow);
      case "reset" -> {
        counts.reset();
        clients.forEach(LoadClient::reset);
      }
      case "close" -> {
        wanted = 0;
        clients.forEach(LoadClient::close);
        clients.clear();
      }
      case "counts" -> {}
      default -> throw new IllegalArgumentException(command.encode());
    }
  }

  private void open(JsonObject command) {
    counts = new LoadCounts();
    dialect = LoadDialect.valueOf(command.getString("dialect"));
    port = command.getInteger("port");
    wanted = command.getInteger("clients");
    symbols = command.getJsonArray("symbols").getList();
    begun = 0;
    for (int i = 0; i < AT_A_TIME; i++) {
      connectNext();
    }
  }

  private void connectNext() {
    if (begun >= wanted) {
      return;
    }
    int number = begun++;
    LoadClient client = new LoadClient(
        dialect, symbols.get(number % symbols.size()).toString(), counts, this::connectNext);
    LoadCounts own = counts;
    new Bootstrap()
        .group(loop)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(client);
          }
        })
        .connect(loopback(1, port), loopback(1 + number % SOURCES, 0))
        .addListener(done -> {
          if (done.isSuccess()) {
            clients.add(client);
          } else {
            own.failed(done.cause().toString());
          }
        });
  }

  /** While the loop sleeps outside of its wait for the network, a server's write need not wake it. */
  private void nap() {
    LockSupport.parkNanos(napNanos);
    loop.next()
        .schedule(this::nap, napNanos > 0 ? 1 : NAP_LOOK_NANOS, TimeUnit.NANOSECONDS)
        .addListener(ended -> {
          if (!ended.isSuccess()) {
            counts.failed("the loop does not sleep any more");
          }
        });
  }

  private static InetSocketAddress loopback(int last, int port) {
    return new InetSocketAddress(
        NetUtil.createInetAddressFromIpAddressString("127.0.0." + last), port);
  }

  private void keepAlive() {
    if (!dialect.keepAlive().isEmpty()) {
      clients.forEach(LoadClient::keepAlive);
    }
  }
}
