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
  private static final long SETTLE_MILLIS = 1_000;
  private static final long NAP_MILLIS = 3;

  /**
   * Returns one round of a server: first with clients that sleep between looks at the network, for what the server's own
   * work costs, then with clients that look at once, for the age of what arrives.
   */
  FanoutResult.Round round(FanoutServer server, long seconds)
      throws IOException, InterruptedException {
    clients.open(server.kind().dialect(), server.port(), connections, server.symbols());
    clients.follow(connections);
    try (FanoutFeed feed = new FanoutFeed(server::publish, streams, perSecond)) {
      clients.await("served", connections);
      Window asleep = window(server, feed, seconds, NAP_MILLIS);
      Window awake = window(server, feed, seconds, 0);
      return round(asleep, awake);
    } finally {
      clients.disconnect();
    }
  }

  /** What clients and kernel counted over some seconds. */
  private record Window(JsonObject counts, double elapsed, double processorSeconds, long updates) {
    double perSecond(String count) {
      return counts.getLong(count) / elapsed;
    }
  }

  private Window window(FanoutServer server, FanoutFeed feed, long seconds, long napMillis)
      throws IOException, InterruptedException {
    clients.nap(napMillis);
    FanoutClients.pause(SETTLE_MILLIS);
    clients.reset();
    long updatesBefore = feed.updates();
    long processorBefore = server.process().processorMillis();
    long begun = System.nanoTime();
    FanoutClients.pause(TimeUnit.SECONDS.toMillis(seconds));
    JsonObject counts = clients.counts();
    return new Window(
        counts,
        (System.nanoTime() - begun) / 1e9,
        (server.process().processorMillis() - processorBefore) / 1e3,
        feed.updates() - updatesBefore);
  }

  private FanoutResult.Round round(Window asleep, Window awake) {
    return new FanoutResult.Round(
        asleep.updates / asleep.elapsed * connections / streams,
        asleep.perSecond("updates"),
        asleep.perSecond("messages"),
        asleep.processorSeconds / asleep.elapsed,
        awake.perSecond("updates") / (awake.processorSeconds / awake.elapsed),
        asleep.counts.getLong("bytes") / (double) Math.max(1, asleep.counts.getLong("messages")),
        awake.counts.getLong("p50") / 1e3,
        awake.counts.getLong("p99") / 1e3,
        asleep.counts.getLong("gaps") + awake.counts.getLong("gaps"));
  }

  /** Measures the heap of connections that have a session, and of the same connections once they follow a stream. */
  void idleHeap(FanoutServer server, FanoutResult into) throws IOException, InterruptedException {
    long empty = server.liveHeapBytes();
    clients.open(server.kind().dialect(), server.port(), idle, server.symbols());
    FanoutClients.pause(SETTLE_MILLIS);
    long connected = server.liveHeapBytes();
    clients.follow(idle);
    FanoutFeed feed = new FanoutFeed(server::publish, streams, 1);
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
