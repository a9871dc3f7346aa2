package io.candlehub.ingest;

import static io.candlehub.ingest.ProviderServer.CALL;
import static io.candlehub.ingest.ProviderServer.EXPIRATIONS;
import static io.candlehub.ingest.ProviderServer.INDEX;
import static io.candlehub.ingest.ProviderServer.NOW;
import static io.candlehub.ingest.ProviderServer.PUT;
import static io.candlehub.ingest.ProviderServer.SHARE;
import static io.candlehub.ingest.ProviderServer.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.ingest.Capabilities.Feature;
import io.candlehub.ingest.ProviderServer.Manner;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every provider must do, whatever it has: it answers what it names, refuses the rest, takes an empty answer for one,
 * fails with the right code, says where its data are from, makes nothing up and keeps its secret.
 */
@Timeout(60)
public abstract class ProviderContractTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** Field names that {@code unsupported} may hold, with what they stand for. */
  private static final Map<String, LegField> LEG_FIELDS = Map.ofEntries(
      Map.entry("bid", SnapshotLeg::bid),
      Map.entry("ask", SnapshotLeg::ask),
      Map.entry("bidSize", SnapshotLeg::bidSize),
      Map.entry("askSize", SnapshotLeg::askSize),
      Map.entry("last", SnapshotLeg::last),
      Map.entry("volume", SnapshotLeg::volume),
      Map.entry("openInterest", SnapshotLeg::openInterest),
      Map.entry("iv", SnapshotLeg::volatility),
      Map.entry("delta", leg -> leg.greeks().delta()),
      Map.entry("gamma", leg -> leg.greeks().gamma()),
      Map.entry("theta", leg -> leg.greeks().theta()),
      Map.entry("vega", leg -> leg.greeks().vega()),
      Map.entry("rho", leg -> leg.greeks().rho()));

  private final BlockingQueue<FeedEvent> said = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private Context context;
  private ProviderServer server;
  private ProviderConfig config;
  private MarketDataProvider provider;

  private interface LegField {
    double of(SnapshotLeg leg);
  }

  /** Returns a server that knows the little market. */
  protected abstract ProviderServer server();

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    server = server();
    config = server.start(vertx);
    context = vertx.getOrCreateContext();
    Promise<MarketDataProvider> opened = Promise.promise();
    context.runOnContext(ignored -> opened.complete(config.open(new ProviderContext(
        vertx,
        new ManualClock(NOW),
        InstantSource.system(),
        System::nanoTime,
        new VertxScheduler(vertx),
        () -> 0.5,
        said::addAll,
        alert -> {},
        new FeedMeters(new SimpleMeterRegistry(), config.id())))));
    provider = opened.future().await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void shouldAnswerWhatItNames() {
    for (ProviderAsk ask : ProviderAsk.all(provider)) {
      if (ask.named()) {
        AsyncResult<?> outcome = outcome(ask.question());
        assertThat(outcome.cause()).as(ask.name()).isNull();
        assertThat((Object) outcome.result()).as(ask.name()).isNotNull();
      }
    }
  }

  @Test
  void shouldRefuseWhatItDoesNotName() {
    for (ProviderAsk ask : ProviderAsk.all(provider)) {
      if (!ask.named()) {
        assertThat(failure(ask).code()).as(ask.name()).isEqualTo(Failure.UNSUPPORTED);
      }
    }
  }

  @Test
  void shouldNameOnlyWhatFitsTogether() {
    Capabilities capabilities = provider.capabilities();

    assertThat(capabilities).isEqualTo(provider.capabilities());
    if (capabilities.has(Feature.GREEKS)) {
      assertThat(capabilities.has(Feature.CHAINS)).isTrue();
    }
    if (capabilities.has(Feature.FLOW)) {
      assertThat(capabilities.streams(AssetClass.OPTION, Channel.TRADES)).isTrue();
    }
  }

  @Test
  void shouldRefuseTopicsItDoesNotName() throws InterruptedException {
    Set<Topic> unnamed = new HashSet<>();
    for (Instrument instrument : List.of(SHARE, INDEX, CALL, ProviderAsk.OTHER)) {
      for (Channel channel : Channel.values()) {
        if (!provider.capabilities().streams(instrument.assetClass(), channel)) {
          unnamed.add(new Topic(channel, instrument));
        }
      }
    }
    context.runOnContext(ignored -> provider.demand(unnamed));

    Set<Topic> open = new HashSet<>(unnamed);
    while (!open.isEmpty()) {
      FeedEvent event = said.poll(5, TimeUnit.SECONDS);
      assertThat(event).as("fate of %s", open).isNotNull();
      if (event instanceof TopicStatus status) {
        assertThat(status.state()).isEqualTo(TopicStatus.State.REFUSED);
        open.remove(status.topic());
      }
    }
  }

  @Test
  void shouldTakeAnEmptyAnswerForAnAnswer() {
    server.behave(Manner.EMPTY);

    for (ProviderAsk ask : ProviderAsk.all(provider)) {
      if (ask.named() && !ask.tellsOne()) {
        AsyncResult<?> outcome = outcome(ask.question());
        assertThat(outcome.cause()).as(ask.name()).isNull();
        assertThat(ProviderAsk.sizeOf(outcome.result())).as(ask.name()).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_ALLOWED,NOT_ENTITLED",
    "TOO_MANY,RATE_LIMITED",
    "FAULT,PROVIDER_ERROR",
    "UNREADABLE,PROVIDER_ERROR"
  })
  void shouldFailWithTheCodeOfTheFault(Manner manner, Failure code) {
    server.behave(manner);

    for (ProviderAsk ask : ProviderAsk.all(provider)) {
      if (ask.named()) {
        FailureException failure = failure(ask);
        assertThat(failure.code()).as(ask.name()).isEqualTo(code);
        if (code == Failure.RATE_LIMITED) {
          assertThat(failure.retryAfterMillis()).as(ask.name()).isPositive();
        }
      }
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchThing() {
    server.behave(Manner.NO_SUCH_SYMBOL);

    if (provider.capabilities().has(Feature.CHAINS)) {
      assertFails(() -> provider.contract(CALL, Priority.READER), Failure.CONTRACT_NOT_FOUND);
    }
    if (provider.capabilities().has(Feature.LISTING)) {
      assertFails(() -> provider.listing(SHARE), Failure.UNKNOWN_INSTRUMENT);
    }
    if (!provider.capabilities().snapshots().isEmpty()) {
      assertThat(answer(() -> provider.snapshots(classes(), Priority.READER)).told())
          .isEmpty();
    }
  }

  @Test
  void shouldTellExpirationsInOrder() {
    if (provider.capabilities().has(Feature.CHAINS)) {
      assertThat(answer(() -> provider.expirations(SHARE, Priority.READER)).dates())
          .isEqualTo(EXPIRATIONS);
    }
  }

  @Test
  void shouldTellWhereAChainIsFromAndMakeNothingUp() {
    if (!provider.capabilities().has(Feature.CHAINS)) {
      return;
    }
    ChainSnapshot chain =
        answer(() -> provider.chain(ProviderAsk.firstExpiration(), new Errand(Priority.READER)));

    assertThat(chain.underlying()).isEqualTo(SHARE.symbol());
    assertThat(chain.askedAtMillis()).isEqualTo(NOW);
    assertThat(chain.legs())
        .extracting(SnapshotLeg::symbol)
        .containsExactlyInAnyOrder(CALL.symbol(), PUT.symbol());
    assertThat(Double.isNaN(chain.spot()) || chain.spot() == SPOT).isTrue();
    for (SnapshotLeg leg : chain.legs()) {
      assertProvenance(leg.source(), leg.fallbackReason(), leg.atMillis());
      assertThat(leg.bid()).isPositive().isLessThan(leg.ask());
      assertThat(leg.openInterest()).isPositive();
      leg.unsupported()
          .forEach(field -> assertThat(LEG_FIELDS.get(field).of(leg)).as(field).isNaN());
    }
    SnapshotLeg call = leg(chain, CALL);
    SnapshotLeg put = leg(chain, PUT);
    assertThat(Double.isNaN(call.greeks().delta()))
        .isNotEqualTo(provider.capabilities().has(Feature.GREEKS));
    assertThat(call.last()).isPositive();
    assertThat(put.greeks().isEmpty()).isTrue();
    assertThat(put.volatility()).isNaN();
    assertThat(put.last()).isNaN();
  }

  @Test
  void shouldTellTheSameOfOneContract() {
    if (provider.capabilities().has(Feature.CHAINS)) {
      ChainSnapshot chain =
          answer(() -> provider.chain(ProviderAsk.firstExpiration(), new Errand(Priority.READER)));

      ContractSnapshot alone = answer(() -> provider.contract(CALL, Priority.READER));
      assertThat(alone.leg()).isEqualTo(leg(chain, CALL));
      assertThat(alone.spot()).as("told in the same answer").isEqualTo(chain.spot());
      assertThat(alone.spotAtMillis()).isEqualTo(chain.spotAtMillis());
      assertFails(() -> provider.contract(SHARE, Priority.READER), Failure.CONTRACT_NOT_FOUND);
    }
  }

  @Test
  void shouldTellWhereSnapshotsAreFrom() {
    List<Instrument> wanted = classes();
    if (wanted.isEmpty()) {
      return;
    }
    List<MarketSnapshot> snapshots =
        answer(() -> provider.snapshots(wanted, Priority.READER)).told();

    assertThat(snapshots)
        .extracting(MarketSnapshot::instrument)
        .containsExactlyInAnyOrderElementsOf(wanted);
    for (MarketSnapshot snapshot : snapshots) {
      assertProvenance(snapshot.source(), snapshot.fallbackReason(), snapshot.atMillis());
      assertThat(snapshot.last()).isPositive();
    }
    assertThat(answer(() -> provider.snapshots(List.of(), Priority.READER)).told())
        .isEmpty();
  }

  @Test
  void shouldTellTheLastTradesNewestLast() {
    if (!provider.capabilities().has(Feature.TRADES)) {
      return;
    }
    for (Instrument instrument : List.of(SHARE, CALL)) {
      List<TradeEvent> trades =
          answer(() -> provider.trades(instrument, 2, Priority.READER)).trades();

      assertThat(trades).isNotEmpty().hasSizeLessThanOrEqualTo(2);
      assertThat(trades)
          .isSortedAccordingTo(Comparator.comparingLong(TradeEvent::atNanos)
              .thenComparingLong(TradeEvent::sequence));
      assertThat(trades).allSatisfy(trade -> {
        assertThat(trade.instrument()).isEqualTo(instrument);
        assertThat(trade.atMillis()).isBetween(NOW - HOUR, NOW + HOUR);
      });
    }
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void shouldKeepItsSecret(Manner manner) {
    server.behave(manner);

    assertThat(config.toString()).doesNotContain(server.secret());
    for (ProviderAsk ask : ProviderAsk.all(provider)) {
      AsyncResult<?> outcome = outcome(ask.question());
      String told =
          outcome.failed() ? outcome.cause().toString() : outcome.result().toString();
      assertThat(told).as(ask.name()).doesNotContain(server.secret());
    }
  }

  @Test
  void shouldFailInTheCommonVocabularyOnceClosed() {
    assertThat(outcome(() -> provider.close()).cause()).isNull();

    for (ProviderAsk ask : ProviderAsk.all(provider)) {
      AsyncResult<?> outcome = outcome(ask.question());
      if (outcome.failed()) {
        assertThat(outcome.cause()).as(ask.name()).isInstanceOf(FailureException.class);
      }
    }
  }

  /** Returns an instrument of each class of which the provider has snapshots. */
  private List<Instrument> classes() {
    Set<AssetClass> known = EnumSet.noneOf(AssetClass.class);
    known.addAll(provider.capabilities().snapshots());
    return List.of(SHARE, INDEX, CALL).stream()
        .filter(instrument -> known.contains(instrument.assetClass()))
        .toList();
  }

  private static SnapshotLeg leg(ChainSnapshot chain, Instrument contract) {
    return chain.legs().stream()
        .filter(leg -> leg.symbol().equals(contract.symbol()))
        .findFirst()
        .orElseThrow();
  }

  private void assertProvenance(String source, String fallbackReason, long atMillis) {
    assertThat(source).isEqualTo(config.id());
    assertThat(fallbackReason).isEmpty();
    assertThat(atMillis).isBetween(NOW - 24 * HOUR, NOW + HOUR);
  }

  private <T> void assertFails(Supplier<Future<T>> question, Failure code) {
    assertThat(outcome(question).cause())
        .isInstanceOfSatisfying(
            FailureException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private FailureException failure(ProviderAsk ask) {
    AsyncResult<?> outcome = outcome(ask.question());
    assertThat(outcome.cause()).as(ask.name()).isInstanceOf(FailureException.class);
    return (FailureException) outcome.cause();
  }

  private <T> T answer(Supplier<Future<T>> question) {
    AsyncResult<T> outcome = outcome(question);
    assertThat(outcome.cause()).isNull();
    return outcome.result();
  }

  private <T> AsyncResult<T> outcome(Supplier<Future<T>> question) {
    Promise<AsyncResult<T>> outcome = Promise.promise();
    context.runOnContext(ignored -> question.get().onComplete(told -> outcome.complete(told)));
    return outcome.future().await();
  }
}
