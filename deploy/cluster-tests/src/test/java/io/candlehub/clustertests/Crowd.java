package io.candlehub.clustertests;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Many clients on one event loop, spread over the gateways. Safe on any thread. */
final class Crowd implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int LARGEST_SNAPSHOT = 32 << 20;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final CrowdBook book = new CrowdBook();
  private final List<CrowdClient> clients = new ArrayList<>();
  private final List<URI> gateways;

  /** Creates a crowd without clients. */
  Crowd(List<URI> gateways) {
    this.gateways = List.copyOf(gateways);
  }

  /**
   * One client's longest time without a change.
   *
   * @param millis how long it was
   * @param endedMillisAgo when it was over
   */
  record Gap(ChartStream stream, int gateway, long millis, long endedMillisAgo) {}

  /** Adds clients, each with one of the streams in turn, at one of the gateways in turn. */
  void join(int count, List<ChartStream> streams, Random random) {
    ask(() -> {
      WebSocketClient http = vertx.createWebSocketClient(new WebSocketClientOptions()
          .setMaxConnections(count)
          .setMaxFrameSize(LARGEST_SNAPSHOT)
          .setMaxMessageSize(LARGEST_SNAPSHOT));
      for (int i = 0; i < count; i++) {
        ChartStream stream = streams.get(i / gateways.size() % streams.size());
        CrowdClient client = new CrowdClient(
            context,
            http,
            gateways,
            i % gateways.size(),
            stream,
            book,
            new Random(random.nextLong()));
        clients.add(client);
        vertx.setTimer(1 + 3L * i, due -> client.connect());
      }
      return count;
    });
    ask(() -> vertx.setPeriodic(1_000, look -> {
      long now = System.nanoTime();
      clients.forEach(client -> client.look(now));
    }));
  }

  /** Says goodbye for some clients, the last that came. */
  void leave(int count) {
    ask(() -> {
      List<CrowdClient> leaving =
          clients.subList(Math.max(0, clients.size() - count), clients.size());
      leaving.forEach(CrowdClient::close);
      leaving.clear();
      return count;
    });
  }

  /** Does something with the clients on their event loop. */
  <T> T with(Function<List<CrowdClient>, T> work) {
    return ask(() -> work.apply(clients));
  }

  /** Returns how many clients hold a series. */
  long served() {
    return with(all ->
        all.stream().filter(client -> client.series().position().isPresent()).count());
  }

  CrowdBook.Counts counts() {
    return ask(book::counts);
  }

  /** Begins to take the longest time without a change. */
  void mark() {
    with(all -> {
      all.forEach(CrowdClient::mark);
      return all.size();
    });
  }

  /** Returns the streams that have not changed since an instant of {@link System#nanoTime()}, one for each client. */
  List<ChartStream> stillSince(long nanos) {
    return with(all -> all.stream()
        .filter(client -> !client.hasMovedSince(nanos))
        .map(CrowdClient::stream)
        .toList());
  }

  /** Returns the longest time without a change of each client since the mark. */
  List<Gap> gaps() {
    return with(all -> {
      long now = System.nanoTime();
      return all.stream().map(client -> client.longestGap(now)).toList();
    });
  }

  private <T> T ask(Supplier<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    context.runOnContext(run -> {
      try {
        answer.complete(work.get());
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    with(all -> {
      all.forEach(CrowdClient::close);
      return all.size();
    });
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
