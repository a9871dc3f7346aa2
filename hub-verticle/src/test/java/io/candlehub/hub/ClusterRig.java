package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.contract.BusWatch;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.IntervalState;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.StreamKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Hubs on one bus, whose shards a test assigns, in a market that runs thirty times as fast as life. What is demanded is
 * demanded again whenever a shard has a new owner, as gateways do.
 */
final class ClusterRig implements AutoCloseable {
  private static final double SPEED = 30;
  private static final long OPEN = HubRig.at("2013-10-07T09:30");

  final Vertx vertx = Vertx.vertx();
  private final BusWatch bus = BusWatch.over(vertx.eventBus(), to -> to.startsWith("md.command."));
  final ScriptedCluster cluster = new ScriptedCluster();
  final ScriptedIngest ingest;
  private final MarketClock clock;
  private final Map<String, String> deployments = new HashMap<>();
  private final Path folder;
  private volatile JsonArray demanded = new JsonArray();

  ClusterRig(Path folder, Instrument... instruments) {
    this("2013-10-07T10:00:20", folder, instruments);
  }

  ClusterRig(String newYork, Path folder, Instrument... instruments) {
    clock = running(HubRig.at(newYork));
    this.folder = folder;
    BusCodecs.register(vertx);
    ingest = new ScriptedIngest(vertx, clock, cluster, List.of(instruments));
    vertx.eventBus().consumer(Addresses.HUB_OWNER, owner -> sendDemand());
  }

  private static MarketClock running(long startMillis) {
    long begun = System.nanoTime();
    return new MarketClock() {
      @Override
      public long millis() {
        return startMillis + Math.round((System.nanoTime() - begun) / 1e6 * SPEED);
      }

      @Override
      public double speed() {
        return SPEED;
      }
    };
  }

  void start(String... nodes) {
    for (String node : nodes) {
      HubConfig config =
          HubConfig.from(Map.of("store.data-dir", folder.resolve(node).toString()));
      HubVerticle hub = new HubVerticle(
          config,
          clock,
          new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive"),
          new SimpleMeterRegistry(),
          cluster.join(node, Role.HUB),
          InstantSource.system(),
          VertxScheduler::new);
      deployments.put(node, vertx.deployVerticle(hub).await());
      ingest.join(node);
    }
  }

  /** Lets a node vanish; its last words are not said. */
  void kill(String node) {
    ingest.leave(node);
    vertx.undeploy(deployments.remove(node)).await();
    cluster.kill(node);
  }

  @Override
  public void close() {
    vertx.close().await();
    bus.check();
  }

  long marketMillis() {
    return clock.millis();
  }

  void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      vertx.timer(5, TimeUnit.MILLISECONDS).await();
    }
  }

  /** Lets market time pass. */
  void pass(long marketMillis) {
    long end = clock.millis() + marketMillis;
    until(() -> clock.millis() >= end);
  }

  void demand(String... topics) {
    demanded = new JsonArray(List.of(topics));
    sendDemand();
  }

  private void sendDemand() {
    JsonObject demand =
        new JsonObject().put("owner", "test").put("topics", demanded).put("leaseMs", 3_600_000);
    vertx.eventBus().send(Addresses.COMMAND_DEMAND, demand);
  }

  /** Returns a client of a chart that has its snapshot. */
  BusClient client(StreamKey key) {
    BusClient client = new BusClient(vertx, key);
    until(() -> client.snapshots() == 1);
    return client;
  }

  /** Waits until something is told to a client that was not yet. */
  void untilUpdated(BusClient client) {
    int before = client.updates();
    until(() -> client.updates() > before);
  }

  /** Ends the stream and waits until a client of minutes knows exactly what was traded. */
  void assertTruth(BusClient... clients) {
    long end = ingest.stop();
    for (BusClient client : clients) {
      until(() -> isTruth(client, end));
      assertThat(client.bars())
          .filteredOn(bar -> bar.startMillis() >= OPEN && bar.startMillis() < end)
          .extracting(Bar::startMillis)
          .isEqualTo(traded(OPEN, end));
      assertNothingCalledQuiet(client);
    }
  }

  private static List<Long> traded(long from, long end) {
    List<Long> traded = new ArrayList<>();
    for (long m = from; m < end; m += HubRig.MINUTE) {
      if (HubRig.isTraded(m)) {
        traded.add(m);
      }
    }
    return traded;
  }

  private static boolean isTruth(BusClient client, long end) {
    return client.bars().stream()
            .filter(bar -> bar.startMillis() >= OPEN && bar.startMillis() < end)
            .allMatch(bar -> bar.isFinal()
                && bar.volume() == 60
                && bar.close()
                    == HubRig.minute(bar.startMillis(), Long.MAX_VALUE).close())
        && client.bars().stream().anyMatch(bar -> bar.startMillis() >= end - 2 * HubRig.MINUTE);
  }

  /** At no time was a client told that nothing was traded where something was. */
  static void assertNothingCalledQuiet(BusClient client) {
    assertThat(client.intervals())
        .filteredOn(interval -> interval.state() == IntervalState.QUIET)
        .allSatisfy(interval -> assertThat(
                traded(Math.max(OPEN, interval.fromMillis()), interval.toMillis()))
            .isEmpty());
  }
}
