package io.candlehub.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/**
 * The clients of the stall measurement, in a process of their own on one event loop. Of ten clients one polls, two speak
 * the bridge with SockJS frames, one speaks it without, the others speak Socket.IO over a WebSocket; in every second ten
 * all stall. Commands come by standard input as one JSON object a line, and each is answered with the counts:
 *
 * <ul>
 *   <li>{@code open} with port, clients, stalled, streams and charts: connects them, a few at a time;
 *   <li>{@code follow}: every client asks for its charts;
 *   <li>{@code measure} with now: whether ages count, {@code reset}: forgets them;
 *   <li>{@code stall}: those that stall read no more;
 *   <li>{@code resume} with positions by stream: they read again, and are current at these;
 *   <li>{@code compare} with positions: adds how many clients have another series;
 *   <li>{@code counts}: nothing else.
 * </ul>
 */
@Command(name = "stall-clients", description = "Used by stall.", hidden = true)
final class StallGenerator implements Callable<Integer>, AutoCloseable {
  private static final int AT_A_TIME = 50;
  /** What a client's own system takes in while it does not read; not left to grow, so that the server has the rest. */
  private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

  private static final int TEN = 10;

  private final ClientLoop loop = new ClientLoop();
  private final List<StallClient> clients = new ArrayList<>();
  private final StallCounts counts = new StallCounts();
  private int port;
  private int wanted;
  private int stalling;
  private int streams;
  private int charts;
  private int begun;

  @Override
  public Integer call() throws Exception {
    keepAlive();
    loop.obeyInput(this::obey);
    return 0;
  }

  /** Begins to send what bridge clients have to send every few seconds. */
  void keepAlive() {
    loop.keepAlive(
        () -> clients.forEach(StallClient::keepAlive),
        cause -> counts.connections().failed(cause));
  }

  /** Obeys a command and returns the counts after it. */
  JsonObject answer(JsonObject command) throws InterruptedException, ExecutionException {
    return loop.answer(command, this::obey);
  }

  @Override
  public void close() {
    loop.close();
  }

  private JsonObject obey(JsonObject command) {
    long others = 0;
    switch (command.getString("do")) {
      case "open" -> open(command);
      case "follow" -> clients.forEach(StallClient::follow);
      case "measure" -> counts.measure(command.getBoolean("now"));
      case "reset" -> counts.reset();
      case "stall" -> stalled(StallClient::stall);
      case "resume" -> {
        counts.resume();
        List<Long> positions = positions(command);
        stalled(client -> client.resume(positions));
      }
      case "compare" -> {
        List<Long> positions = positions(command);
        others = clients.stream()
            .filter(client -> !client.isAt(positions) || !client.isCanonical())
            .count();
      }
      case "counts" -> {}
      default -> throw new IllegalArgumentException(command.encode());
    }
    return counts.toJson().put("others", others);
  }

  private void stalled(Consumer<StallClient> action) {
    clients.stream().filter(StallClient::stalls).forEach(action);
  }

  private static List<Long> positions(JsonObject command) {
    return command.getJsonArray("positions").stream()
        .map(position -> ((Number) position).longValue())
        .toList();
  }

  private void open(JsonObject command) {
    port = command.getInteger("port");
    wanted = command.getInteger("clients");
    stalling = command.getInteger("stalled");
    streams = command.getInteger("streams");
    charts = command.getInteger("charts");
    for (int i = 0; i < AT_A_TIME; i++) {
      connectNext();
    }
  }

  private void connectNext() {
    if (begun >= wanted) {
      return;
    }
    int number = begun++;
    List<Integer> own =
        new Random(number).ints(0, streams).distinct().limit(charts).boxed().toList();
    // Whole tens in turn, so that those that stall and those that do not speak the same.
    int ten = number / TEN;
    int stalledTens = stalling / TEN;
    int tens = wanted / TEN;
    boolean stalls = (ten + 1) * stalledTens / tens > ten * stalledTens / tens;
    switch (number % TEN) {
      case 0 -> poller(number, own, stalls);
      case 1, 2 -> socket(StallSocket.Dialect.SOCKJS, number, own, stalls);
      case 3 -> socket(StallSocket.Dialect.SOCKJS_RAW, number, own, stalls);
      default -> socket(StallSocket.Dialect.SOCKET_IO, number, own, stalls);
    }
  }

  private void poller(int number, List<Integer> own, boolean stalls) {
    StallPoller poller = new StallPoller(
        pipeline -> connect(number, pipeline), own, stalls, counts, this::connectNext);
    clients.add(poller);
    poller.begin();
  }

  private void socket(StallSocket.Dialect dialect, int number, List<Integer> own, boolean stalls) {
    StallSocket socket = new StallSocket(dialect, number, own, stalls, counts, this::connectNext);
    clients.add(socket);
    connect(number, socket::use).addListener(done -> {
      if (!done.isSuccess()) {
        counts.connections().failed(done.cause().toString());
      }
    });
  }

  private ChannelFuture connect(int number, Consumer<Channel> pipeline) {
    return loop.connector(pipeline)
        .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        .connect(ClientLoop.server(port), ClientLoop.source(number));
  }
}
