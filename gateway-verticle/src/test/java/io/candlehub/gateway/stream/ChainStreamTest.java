package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.EventBusCarrier;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.gateway.FakeMarket;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@Timeout(30)
@ExtendWith(VertxExtension.class)
class ChainStreamTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final String NEAR = FakeMarket.DATES.get(0);
  private static final String NEXT = FakeMarket.DATES.get(1);
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final Encoding<ChainMessage, ChainMessage> PLAIN =
      message -> new Encoded<>(message, 1);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong marketMillis =
      new AtomicLong(Instant.parse("2025-12-18T15:00:00Z").toEpochMilli());
  private Context context;
  private FakeMarket market;
  private ManualScheduler scheduler;
  private ChainStreams chains;

  @BeforeEach
  void create(Vertx vertx) {
    context = vertx.getOrCreateContext();
    market = new FakeMarket(vertx);
    scheduler = new ManualScheduler(new ManualClock(0));
    Cluster cluster = new SingleNode(Set.of(Role.values()), InstantSource.system());
    HubClient hub = new HubClient(
        vertx.eventBus(), new EventBusCarrier(vertx.eventBus()), cluster, scheduler, nanos::get);
    StreamMeters meters = new StreamMeters(new SimpleMeterRegistry());
    StreamParts parts = new StreamParts(
        hub,
        new Pace(scheduler, nanos::get, Duration.ZERO, LINGER),
        meters,
        new Terms(() -> false, meters),
        new Repairs(),
        new Interruptions(reason -> {}, () -> {}));
    DemandLease demand =
        new DemandLease(new DemandRoutes(cluster, hub), "gateway", scheduler, () -> {});
    chains = new ChainStreams(parts, demand, new HeldTopics(demand), marketMillis::get);
  }

  private static final class Client implements Sink<ChainMessage> {
    private final List<ChainMessage> seen = new CopyOnWriteArrayList<>();

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void write(ChainMessage form) {
      seen.add(form);
    }

    ChainMessage message(int number) {
      await().until(() -> seen.size() >= number);
      return seen.get(number - 1);
    }
  }

  private Client join(ChainFocus focus) {
    Client client = new Client();
    context.runOnContext(entered -> chains.join(focus, PLAIN, client));
    return client;
  }

  @Test
  void shouldAskForThePresentSpotWhenAClientComesLater() {
    ChainFocus focus = ChainFocus.on(SPY, LocalDate.parse(NEAR));
    Client first = join(focus);
    assertThat(first.message(1).body().getDouble("spot")).isEqualTo(651);
    market.spot(660);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    assertThat(join(focus).message(1).isSnapshot()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    Client late = join(focus);
    assertThat(late.message(1).isSnapshot()).isTrue();
    assertThat(late.message(2).body().getDouble("spot")).isEqualTo(660);
    assertThat(late.message(2).body().getJsonArray("legs")).isEmpty();
    assertThat(first.message(2).body().getDouble("spot")).isEqualTo(660);
    assertThat(first.seen).hasSize(2);
  }

  private Future<Boolean> live() {
    Promise<Joined<Future<Boolean>>> joined = Promise.promise();
    ChainFocus focus = ChainFocus.on(SPY, LocalDate.parse(NEAR));
    context.runOnContext(entered -> joined.complete(chains.join(focus, PLAIN, new Client())));
    return joined.future().compose(Joined::answer).await();
  }

  @Test
  void shouldSayThatContractsAreStreamedOnceOneIs() {
    Future<Boolean> live = live();
    assertThat(live.isComplete()).isFalse();
    String call = FakeMarket.option("SPY", NEAR, 'C', 650);
    market.publish("SPY", NEAR, List.of(FakeMarket.leg(call, 2, true)), List.of(call), List.of());
    await().until(live::isComplete);
    assertThat(live.result()).isTrue();
    assertThat(live().result()).isTrue();
  }

  @Test
  void shouldSayAfterTwoSecondsThatNoContractIsStreamed() {
    Future<Boolean> live = live();
    advance(1_999);
    assertThat(live.isComplete()).isFalse();
    advance(1);
    assertThat(live.result()).isFalse();
  }

  private int streams() {
    Promise<Integer> counted = Promise.promise();
    context.runOnContext(entered -> {
      int[] count = {0};
      chains.each(stream -> count[0]++);
      counted.complete(count[0]);
    });
    return counted.future().await();
  }

  @Test
  void shouldGiveUpAtOnceWhatNobodyWaitsForAndIsNotThereYet() {
    ChainFocus focus = ChainFocus.on(SPY, LocalDate.parse(NEAR));
    context.runOnContext(entered -> {
      chains.join(focus, PLAIN, new Client()).cursor().close();
      chains.join(focus, PLAIN, new Client()).cursor().close();
      scheduler.advance(Duration.ZERO);
    });
    assertThat(streams()).isZero();
    await().until(() -> market.asked(Addresses.COMMAND_CHAIN).size() == 1);
    assertThat(market.asked(Addresses.COMMAND_CHAIN).get(0).getBoolean("replica"))
        .as("the hub is to call it off")
        .isTrue();
  }

  /** Asks for what the hub refuses; done with its answer. */
  private void refused(boolean leaving) {
    Promise<Joined<Future<Boolean>>> joined = Promise.promise();
    ChainFocus focus = ChainFocus.on(Instrument.of("NOPE"), LocalDate.parse(NEAR));
    context.runOnContext(entered -> {
      Joined<Future<Boolean>> place = chains.join(focus, PLAIN, new Client());
      if (leaving) {
        place.cursor().close();
        scheduler.advance(Duration.ZERO);
      }
      joined.complete(place);
    });
    assertThat(joined
            .future()
            .compose(Joined::answer)
            .transform(answer -> Future.succeededFuture(answer.failed()))
            .await())
        .isTrue();
  }

  @Test
  void shouldNotCallRefusedWhatWasGivenUp() {
    Logger logger = (Logger) LoggerFactory.getLogger(StreamTable.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    try {
      refused(true);
      assertThat(log.list).isEmpty();
      refused(false);
      assertThat(log.list)
          .singleElement()
          .satisfies(told -> assertThat(told.getFormattedMessage()).startsWith("stream refused"));
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
  }

  @Test
  void shouldKeepForAMomentWhatIsThere() {
    Client client = new Client();
    Promise<Subscription> joined = Promise.promise();
    ChainFocus focus = ChainFocus.on(SPY, LocalDate.parse(NEAR));
    context.runOnContext(
        entered -> joined.complete(chains.join(focus, PLAIN, client).cursor()));
    client.message(1);
    context.runOnContext(entered -> joined.future().result().close());
    advance(LINGER.toMillis() - 1);
    assertThat(streams()).isOne();
    advance(1);
    assertThat(streams()).isZero();
  }

  private void advance(long millis) {
    Promise<Void> passed = Promise.promise();
    context.runOnContext(entered -> {
      scheduler.advance(Duration.ofMillis(millis));
      passed.complete();
    });
    passed.future().await();
  }

  @Test
  void shouldGoOnWithTheNextExpirationOnceTheNearestHasPassed() {
    Client client = join(ChainFocus.nearest(SPY));
    assertThat(client.message(1).body().getString("expiration")).isEqualTo(NEAR);
    market.publish("SPY", NEXT, List.of(), List.of(), List.of());
    String call = FakeMarket.option("SPY", NEAR, 'C', 650);
    market.publish("SPY", NEAR, List.of(FakeMarket.leg(call, 2, true)), List.of(call), List.of());
    assertThat(client.message(2).isSnapshot()).isFalse();
    marketMillis.set(Instant.parse("2025-12-22T15:00:00Z").toEpochMilli());
    market.publish("SPY", NEXT, List.of(), List.of(), List.of());
    assertThat(client.message(3).isSnapshot()).isTrue();
    assertThat(client.message(3).body().getString("expiration")).isEqualTo(NEXT);
  }
}
