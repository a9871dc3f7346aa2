package io.candlehub.gateway.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.gateway.Charts;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.gateway.WireClient;
import io.candlehub.model.Bar;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
class SlowBridgeClientTest {
  private static final int MOST_UPDATES = 1_000;

  @Test
  void shouldCutTheConnectionOfAClientThatNeverReads() throws Exception {
    try (GatewayFixture gateway = new GatewayFixture(Map.of("limits.stall-seconds", "1"))) {
      CompletableFuture<Void> cut = new CompletableFuture<>();
      gateway.meters().config().onMeterAdded(meter -> {
        if ("sockjs-slow-client".equals(meter.getId().getTag("reason"))) {
          cut.complete(null);
        }
      });
      gateway.hub().series(Charts.SPY).put(Charts.bar(0, 10));
      WireClient slow = gateway.bridge();
      WireClient healthy = gateway.bridge();
      for (WireClient client : new WireClient[] {slow, healthy}) {
        client.send(new JsonObject().put("type", "register").put("address", "md.chart.1m.SPY"));
        client.json();
      }
      slow.pause();
      for (int i = 0; i < MOST_UPDATES && !cut.isDone(); i++) {
        Bar[] bars = new Bar[500];
        for (int j = 0; j < bars.length; j++) {
          bars[j] = Charts.bar(j, 10 + i);
        }
        gateway.hub().put(Charts.SPY, bars);
        healthy.json();
      }
      cut.get(10, TimeUnit.SECONDS);
      await("the connection is cut")
          .atMost(10, TimeUnit.SECONDS)
          .until(() ->
              gateway.meters().get("candlehub.gateway.connections").gauge().value() == 1);
      slow.resume();
      assertThat(slow.closeCode()).as("no close frame came through").isNotEqualTo(1008);
      gateway.hub().put(Charts.SPY, Charts.bar(1, 9));
      healthy.json();
    }
  }
}
