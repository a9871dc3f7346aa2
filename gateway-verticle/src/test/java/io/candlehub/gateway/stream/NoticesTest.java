package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.EventBusCarrier;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(10)
@ExtendWith(VertxExtension.class)
class NoticesTest {
  private static final String NODE = "gateway-1";
  private static final Encoding<Buffer, String> TEXT =
      body -> new Encoded<>(body.toString(), body.length());

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ScriptedCluster script = new ScriptedCluster("hub-1", "hub-2");
  private final Cluster cluster = script.join(NODE, Role.GATEWAY);
  private Notices alerts;

  @BeforeEach
  void create(Vertx vertx) {
    StreamMeters meters = new StreamMeters(registry);
    HubClient hub = new HubClient(
        vertx.eventBus(),
        new EventBusCarrier(vertx.eventBus()),
        cluster,
        new ManualScheduler(new ManualClock(0)),
        () -> 0);
    alerts = new Notices(
        Addresses.ALERTS, Buffer::toString, hub, meters, new Terms(cluster::isFenced, meters));
  }

  private static final class Client implements Sink<String> {
    private final List<String> seen = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    @Override
    public boolean writable() {
      return room > 0;
    }

    @Override
    public void write(String form) {
      room--;
      seen.add(form);
    }
  }

  private void raise(String text) {
    alerts.heard(Buffer.buffer(text));
  }

  @Test
  void shouldNotBelieveWhatIsHeardWhileThisNodeIsCutOff() {
    Client client = new Client();
    alerts.follow(TEXT, client);
    script.fence(NODE);
    raise("a");
    script.restore(NODE);
    raise("b");

    assertThat(client.seen).containsExactly("b");
  }

  @Test
  void shouldSendEachAlertOnceFromWhenTheClientJoined() {
    Client early = new Client();
    Client late = new Client();
    alerts.follow(TEXT, early);
    raise("a");
    Subscription place = alerts.follow(TEXT, late);
    place.flush();
    raise("b");

    assertThat(early.seen).containsExactly("a", "b");
    assertThat(late.seen).containsExactly("b");
    assertThat(registry.get("candlehub.gateway.updates.encoded").counter().count())
        .isEqualTo(2);
  }

  @Test
  void shouldKeepWhatABlockedClientMissesInOrder() {
    Client client = new Client();
    client.room = 1;
    Subscription place = alerts.follow(TEXT, client);
    raise("a");
    raise("b");
    raise("c");
    assertThat(client.seen).containsExactly("a");

    client.room = 1;
    place.flush();
    client.room = 5;
    place.flush();
    assertThat(client.seen).containsExactly("a", "b", "c");
  }

  @Test
  void shouldKeepTheNewestHundredForABlockedClient() {
    Client client = new Client();
    client.room = 0;
    Subscription place = alerts.follow(TEXT, client);
    for (int i = 0; i < 250; i++) {
      raise("a" + i);
    }

    client.room = 1_000;
    place.flush();
    assertThat(client.seen).hasSize(100).startsWith("a150").endsWith("a249");
    assertThat(registry.get("candlehub.gateway.updates.conflated").counter().count())
        .isEqualTo(150);
  }

  @Test
  void shouldSendNothingAfterTheClientLeft() {
    Client client = new Client();
    Subscription place = alerts.follow(TEXT, client);
    place.close();
    place.close();
    raise("a");
    place.flush();

    assertThat(client.seen).isEmpty();
  }
}
