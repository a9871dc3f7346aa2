package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.StreamPositions;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.demand.DemandReport;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.FakeHub;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An owner need not tell again what all streams have come to, and only that. */
@Timeout(30)
@ExtendWith(VertxExtension.class)
class PositionCheckTest {
  private static final String HUB = "hub-1";
  private static final Instrument SPY = Charts.SPY.instrument();

  private final List<DemandReport> reports = new CopyOnWriteArrayList<>();
  private final Seen<ChartMessage> seenCharts = new Seen<>();
  private final Seen<Buffer> seenQuotes = new Seen<>();
  private Context context;
  private FakeHub hub;
  private ManualScheduler scheduler;
  private PositionCheck check;

  private static final class Seen<T> implements Sink<T> {
    private final List<T> messages = new CopyOnWriteArrayList<>();

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void write(T form) {
      messages.add(form);
    }

    void expect(int count) {
      await().until(() -> messages.size() >= count);
    }
  }

  private final class Hubs implements DemandLease.Hubs {
    @Override
    public String node() {
      return SingleNode.NODE_ID;
    }

    @Override
    public List<String> of(int shard) {
      return List.of(HUB);
    }

    @Override
    public boolean isThere(String name) {
      return true;
    }

    @Override
    public Future<JsonObject> tell(String name, JsonObject report) {
      reports.add(DemandReport.from(report));
      return Future.succeededFuture(DemandReport.answer(true));
    }
  }

  @BeforeEach
  void create(Vertx vertx) {
    context = vertx.getOrCreateContext();
    hub = new FakeHub(vertx);
    hub.series(Charts.SPY).put(Charts.bar(0, 10));
    scheduler = new ManualScheduler(new ManualClock(0));
    SingleNode cluster = new SingleNode(Set.of(Role.values()), InstantSource.system());
    HubClient client = new HubClient(
        vertx.eventBus(), new EventBusCarrier(vertx.eventBus()), cluster, scheduler, () -> 0);
    StreamMeters meters = new StreamMeters(new SimpleMeterRegistry());
    StreamParts parts = new StreamParts(
        client,
        new Pace(scheduler, () -> 0, Duration.ZERO, Duration.ZERO),
        meters,
        new Terms(() -> false, meters),
        new Repairs(),
        new Interruptions(reason -> {}, () -> {}));
    DemandLease demand = new DemandLease(new Hubs(), "gateway", scheduler, () -> {});
    ChartStreams charts = new ChartStreams(parts, demand, () -> 0);
    QuoteStreams quotes = new QuoteStreams(parts, demand, asset -> 0);
    check = new PositionCheck(charts, quotes, demand, scheduler);
    onLoop(() -> {
      charts.join(Charts.SPY, message -> new Encoded<>(message, 1), seenCharts, Position.START, 0);
      quotes.join(SPY, quote -> new Encoded<>(quote, 1), seenQuotes);
    });
    seenCharts.expect(1);
    seenQuotes.expect(1);
  }

  private void onLoop(Runnable task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(entered -> {
      task.run();
      done.complete();
    });
    done.future().await();
  }

  private void told(long upTo, Buffer quote) {
    StreamPositions positions = new StreamPositions(
        HUB,
        upTo,
        List.of(hub.series(Charts.SPY).position(1)),
        List.of(new StreamPositions.Quote(SPY, 1, StreamPositions.digest(quote))));
    onLoop(() -> check.told(positions));
  }

  /** Returns up to what nothing needs to be told, as the next renewal says. */
  private long knownAtTheNextRenewal() {
    onLoop(() -> scheduler.advance(Duration.ofSeconds(5)));
    DemandReport last = reports.get(reports.size() - 1);
    assertThat(last.positions()).isTrue();
    return last.since();
  }

  private Buffer quote() {
    return seenQuotes.messages.get(seenQuotes.messages.size() - 1);
  }

  @Test
  void shouldKnowWhatAllStreamsHaveComeTo() {
    assertThat(knownAtTheNextRenewal()).isZero();
    told(7, quote());
    assertThat(knownAtTheNextRenewal()).isEqualTo(7);
    told(0, quote());
    assertThat(knownAtTheNextRenewal()).isEqualTo(7);
  }

  @Test
  void shouldNotKnowWhatAStreamHasNotComeToAndAskForIt() {
    told(7, quote());
    hub.series(Charts.SPY).put(Charts.bar(1, 11));
    told(9, quote());
    assertThat(knownAtTheNextRenewal()).isEqualTo(7);
    seenCharts.expect(2);
    told(11, quote());
    assertThat(knownAtTheNextRenewal()).isEqualTo(11);
  }

  @Test
  void shouldKnowWhatAStreamComesToWithinAMoment() {
    hub.publish(hub.series(Charts.SPY).put(Charts.bar(1, 11)), 1);
    told(9, quote());
    seenCharts.expect(2);
    assertThat(knownAtTheNextRenewal()).isEqualTo(9);
  }

  @Test
  void shouldAskAgainForAQuoteThatIsAnother() {
    hub.keepQuote("SPY", 6);
    told(9, Buffer.buffer("another"));
    assertThat(knownAtTheNextRenewal()).isZero();
    seenQuotes.expect(2);
    await().until(() -> quote().toJsonObject().getDouble("bid") == 6);
    told(9, quote());
    assertThat(knownAtTheNextRenewal()).isEqualTo(9);
  }
}
