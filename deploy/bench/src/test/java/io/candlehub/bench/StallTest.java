package io.candlehub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stall measurement with few clients and without its clock: what must hold however slow the machine is. */
@Timeout(120)
final class StallTest {
  private static final int CLIENTS = 40;
  private static final int STALLED = 20;
  private static final int STREAMS = 20;
  private static final int CHARTS = 10;
  private static final int UPDATES_PER_STREAM = 1_500;
  private static final int PIECE = 25;
  /** A quarter of what is published for each client; what waits for one is its queue and the buffers of two systems. */
  private static final long MOST_BACKLOG_BYTES = 2_500_000;

  private final long[] positions = new long[STREAMS];

  @Test
  void shouldKeepStalledClientsWithinBoundsAndBringThemUpToDate() throws Exception {
    CandlehubPeer gateway = new CandlehubPeer(Map.of("limits.charts-per-client", "10"));
    try (StallGenerator clients = new StallGenerator()) {
      clients.answer(new JsonObject()
          .put("do", "open")
          .put("port", gateway.listen())
          .put("clients", CLIENTS)
          .put("stalled", STALLED)
          .put("streams", STREAMS)
          .put("charts", CHARTS));
      clients.keepAlive();
      await(clients, new JsonObject().put("do", "counts"), "joined", CLIENTS);
      clients.answer(new JsonObject().put("do", "follow"));
      await(clients, new JsonObject().put("do", "counts"), "following", CLIENTS);
      clients.answer(new JsonObject().put("do", "stall"));
      for (int i = 0; i < UPDATES_PER_STREAM; i += PIECE) {
        publish(gateway);
        // Those that do not stall get every piece before the next.
        await(clients, compare(), "others", STALLED);
      }
      clients.answer(
          new JsonObject().put("do", "resume").put("positions", new JsonArray(positions())));
      await(clients, new JsonObject().put("do", "counts"), "current", STALLED);
      publish(gateway);
      JsonObject end = await(clients, compare(), "others", 0);
      assertThat(end.getInteger("closed")).isZero();
      assertThat(end.getString("failure")).isEmpty();
      assertThat(end.getLong("duplicates")).isZero();
      assertThat(end.getLong("losses")).isZero();
      assertThat(end.getLong("wrong")).isZero();
      assertThat(end.getInteger("unequal")).isZero();
      assertThat(end.getLong("mostBacklog")).isLessThan(MOST_BACKLOG_BYTES);
    }
  }

  private void publish(CandlehubPeer gateway) {
    for (int i = 0; i < PIECE; i++) {
      for (int stream = 0; stream < STREAMS; stream++) {
        String symbol = ChartUpdates.symbol(stream);
        long seq = ++positions[stream];
        gateway.publish(symbol, seq, ChartUpdates.walking(symbol, seq, 1));
      }
    }
  }

  private List<Long> positions() {
    List<Long> newest = new ArrayList<>();
    for (long position : positions) {
      newest.add(position);
    }
    return newest;
  }

  private JsonObject compare() {
    return new JsonObject().put("do", "compare").put("positions", new JsonArray(positions()));
  }

  private static JsonObject await(
      StallGenerator clients, JsonObject command, String count, int wanted) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    JsonObject counts = clients.answer(command);
    while (counts.getInteger(count) != wanted) {
      assertThat(System.nanoTime()).as(counts.encode()).isLessThan(giveUp);
      FanoutClients.pause(5);
      counts = clients.answer(command);
    }
    return counts;
  }
}
