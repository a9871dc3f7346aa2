package io.candlehub.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Measures one server at a time with the same clients and the same feed.
 *
 * @param clients the process with the clients
 * @param connections how many of them follow a stream while it is measured
 * @param idle how many are connected while the heap is measured
 * @param streams over how many streams they are spread
 * @param perSecond updates of each stream in a second
 */
record FanoutMeter(
    FanoutClients clients, int connections, int idle, int streams, double perSecond) {
  private static final long SETTLE_MILLIS = 2_000;

  /** Returns one round of a server. */
  FanoutResult.Round round(FanoutServer server, long seconds)
      throws IOException, InterruptedException {
    clients.open(server.kind().dialect(), server.port(), connections, server.symbols());
    clients.follow(connections);
    try (FanoutFeed feed = new FanoutFeed(server, streams, perSecond)) {
      clients.await("served", connections);
      FanoutClients.pause(SETTLE_MILLIS);
      clients.reset();
      long updatesBefore = feed.updates();
      long processorBefore = server.processorMillis();
      long begun = System.nanoTime();
      FanoutClients.pause(TimeUnit.SECONDS.toMillis(seconds));
      JsonObject counts = clients.counts();
      double elapsed = (System.nanoTime() - begun) / 1e9;
      double processor = (server.processorMillis() - processorBefore) / 1e3 / elapsed;
      double offered = (feed.updates() - updatesBefore) / elapsed * connections / (double) streams;
      return round(counts, elapsed, processor, offered);
    } finally {
      clients.disconnect();
    }
  }

  private static FanoutResult.Round round(
      JsonObject counts, double elapsed, double processor, double offered) {
    return new FanoutResult.Round(
        offered,
        counts.getLong("updates") / elapsed,
        counts.getLong("messages") / elapsed,
        processor,
        counts.getLong("bytes") / (double) Math.max(1, counts.getLong("messages")),
        counts.getLong("p50") / 1e3,
        counts.getLong("p99") / 1e3,
        counts.getLong("gaps"));
  }

  /** Measures the heap of connections that have a session, and of the same connections once they follow a stream. */
  void idleHeap(FanoutServer server, FanoutResult into) throws IOException, InterruptedException {
    long empty = server.liveHeapBytes();
    clients.open(server.kind().dialect(), server.port(), idle, server.symbols());
    FanoutClients.pause(SETTLE_MILLIS);
    long connected = server.liveHeapBytes();
    clients.follow(idle);
    FanoutFeed feed = new FanoutFeed(server, streams, 1);
    try {
      clients.await("served", idle);
    } finally {
      feed.close();
    }
    FanoutClients.pause(SETTLE_MILLIS);
    long following = server.liveHeapBytes();
    clients.disconnect();
    into.idleHeap((connected - empty) / (double) idle, (following - empty) / (double) idle);
  }
}
