package io.candlehub.bench;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
  private static final long NAP_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ClientLoop loop = new ClientLoop();
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
    loop.keepAlive(this::keepAlive, cause -> counts.connections().failed(cause));
    loop.eventLoop().execute(this::nap);
    loop.obeyInput(this::obey);
    return 0;
  }

  private JsonObject obey(JsonObject command) {
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
    return counts.toJson();
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
    loop.connector(channel -> channel.pipeline().addLast(client))
        .connect(ClientLoop.server(port), ClientLoop.source(number))
        .addListener(done -> {
          if (done.isSuccess()) {
            clients.add(client);
          } else {
            own.connections().failed(done.cause().toString());
          }
        });
  }

  /** While the loop sleeps outside of its wait for the network, a server's write need not wake it. */
  private void nap() {
    LockSupport.parkNanos(napNanos);
    loop.eventLoop()
        .schedule(this::nap, napNanos > 0 ? 1 : NAP_LOOK_NANOS, TimeUnit.NANOSECONDS)
        .addListener(ended -> {
          if (!ended.isSuccess()) {
            counts.connections().failed("the loop does not sleep any more");
          }
        });
  }

  private void keepAlive() {
    if (!dialect.keepAlive().isEmpty()) {
      clients.forEach(LoadClient::keepAlive);
    }
  }
}
