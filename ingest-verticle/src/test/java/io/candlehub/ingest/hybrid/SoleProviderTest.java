package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.AccountState;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SoleProviderTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Topic QUOTES = new Topic(Channel.QUOTES, SPY);

  private final Vertx vertx = Vertx.vertx();
  private final ManualClock clock = new ManualClock(HybridRig.NOW);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<FeedEvent> heard = new ArrayList<>();
  private final ScriptedProvider account =
      new ScriptedProvider("only", ScriptedProvider.everything(ScriptedProvider.ALL));
  private MarketDataProvider sole;

  @BeforeEach
  void open() {
    SoleConfig config = new SoleConfig(account);
    assertThat(config.id()).isEqualTo("only");
    sole = config.open(new ProviderContext(
        vertx,
        clock,
        clock,
        () -> clock.millis() * 1_000_000,
        scheduler,
        () -> 0.5,
        heard::addAll,
        alert -> {},
        new FeedMeters(registry, "only")));
  }

  @AfterEach
  void close() {
    sole.close().await();
    vertx.close().await();
  }

  private AccountState state() {
    assertThat(sole.accounts()).hasSize(1);
    return sole.accounts().get(0);
  }

  private Failure failure() {
    return sole.trades(SPY, 1, Priority.READER)
        .transform(
            done -> Future.succeededFuture(FailureException.of(done.cause()).code()))
        .await();
  }

  @Test
  void shouldTellHowTheAccountDoes() {
    assertThat(state().healthy()).isTrue();
    assertThat(state().p50Millis()).isNaN();
    assertThat(state().streams()).isEqualTo(Map.of("stocks", "idle"));

    sole.listing(SPY).await();
    assertThat(state().p50Millis()).isZero();
    account.answer = ScriptedProvider.Answer.ERROR;
    for (int i = 0; i < 3; i++) {
      assertThat(failure()).isEqualTo(Failure.PROVIDER_ERROR);
    }
    assertThat(state().healthy()).isFalse();
    assertThat(state().lastError()).isEqualTo("PROVIDER_ERROR");
    assertThat(registry.get("candlehub.ingest.healthy").gauge().value()).isZero();

    account.answer = ScriptedProvider.Answer.GOOD;
    assertThat(sole.trades(SPY, 1, Priority.READER).await().source())
        .as("it is asked all the same")
        .isEqualTo("only");
    assertThat(state().healthy()).isTrue();
  }

  private static Failure failure(Future<?> refused) {
    assertThat(refused.failed()).isTrue();
    return FailureException.of(refused.cause()).code();
  }

  @Test
  void shouldRefuseAtOnceWhatTheAccountHasNotAndWhatCannotExist() {
    account.answer = ScriptedProvider.Answer.ERROR;
    for (int i = 0; i < 3; i++) {
      sole.trades(SPY, 1, Priority.READER);
    }
    account.answer = ScriptedProvider.Answer.GOOD;
    account.asked.clear();
    Instrument future = Instrument.of("F:ES");
    Instrument index = Instrument.of("I:SPX");
    HistoryQuery minutes = new HistoryQuery(index, HistoryUnit.MINUTE, 0, 60_000);

    assertThat(failure(sole.history(minutes, new Errand(Priority.CHART))))
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(sole.listing(future))).isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(sole.trades(future, 1, Priority.READER))).isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(sole.expirations(future, Priority.READER))).isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(sole.snapshots(List.of(future), Priority.READER)))
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(sole.trades(future, 1, Priority.READER).cause())
        .hasMessage("no provider here has futures");
    assertThat(sole.history(minutes, new Errand(Priority.CHART)).cause())
        .hasMessage("no provider here has bars of indices");
    assertThat(failure(sole.listing(Instrument.of("SPX")))).isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(failure(sole.contract(Instrument.of("O:ODD"), Priority.READER)))
        .isEqualTo(Failure.CONTRACT_NOT_FOUND);
    assertThat(sole.snapshots(List.of(Instrument.of("SPX")), Priority.READER)
            .result()
            .told())
        .isEmpty();
    assertThat(sole.splits(index).result()).isEmpty();

    assertThat(account.asked).isEmpty();
    assertThat(state().healthy()).isFalse();
    assertThat(state().errorsInARow()).isEqualTo(3);
  }

  @Test
  void shouldPassTheFeedOnAndNameItself() {
    sole.demand(Set.of(QUOTES));
    heard.clear();

    account.connect("stocks");

    assertThat(account.demanded).containsExactly(QUOTES);
    assertThat(heard).hasSize(2);
    assertThat(((FeedStatus) heard.get(0)).state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(heard.get(1))
        .isEqualTo(new TopicStatus(QUOTES, TopicStatus.State.READY, new Origin("only", "")));
    assertThat(state().streams()).isEqualTo(Map.of("stocks", "streaming"));
  }

  @Test
  void shouldPassQuotesThatAreNotToBeTrustedAndSayIt() {
    sole.demand(Set.of(QUOTES));
    account.connect("stocks");
    QuoteEvent wrong = new QuoteEvent(SPY, 1, 0, 0, 2, 1, 1, 1);
    QuoteEvent right = new QuoteEvent(SPY, 1, 0, 0, 1, 1, 2, 1);
    stream(16, wrong);
    assertThat(status().state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(status().reason()).isEqualTo("the quotes of only are not to be trusted");
    assertThat(heard.get(heard.size() - 1)).isEqualTo(wrong);
    account.say("stocks", FeedStatus.State.STREAMING);
    assertThat(status().reason()).isEqualTo("the quotes of only are not to be trusted");

    stream(25, right);
    assertThat(status().state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(status().reason()).isEmpty();
  }

  @Test
  void shouldTrustQuotesAgainOfWhichNothingIsHeardAnyMore() {
    sole.demand(Set.of(QUOTES));
    account.connect("stocks");
    stream(16, new QuoteEvent(SPY, 1, 0, 0, 2, 1, 1, 1));
    assertThat(status().reason()).isEqualTo("the quotes of only are not to be trusted");

    scheduler.advance(Duration.ofMinutes(15).plusSeconds(8));
    assertThat(status().state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(status().reason()).isEmpty();
    assertThat(scheduler.pending()).as("nothing is left to look at").isZero();
  }

  @Test
  void shouldLookNoMoreOnceClosed() {
    stream(16, new QuoteEvent(SPY, 1, 0, 0, 2, 1, 1, 1));
    assertThat(scheduler.pending()).isEqualTo(1);

    sole.close().await();
    assertThat(scheduler.pending()).isZero();
    stream(2, new QuoteEvent(SPY, 1, 0, 0, 2, 1, 1, 1));
    assertThat(scheduler.pending()).isZero();
  }

  private void stream(int seconds, QuoteEvent quote) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(1_000);
      account.emit(Collections.nCopies(10, quote).toArray(FeedEvent[]::new));
    }
  }

  private FeedStatus status() {
    return heard.stream()
        .filter(FeedStatus.class::isInstance)
        .map(FeedStatus.class::cast)
        .reduce((one, later) -> later)
        .orElseThrow();
  }
}
