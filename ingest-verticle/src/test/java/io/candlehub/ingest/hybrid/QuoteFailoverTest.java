package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.candlehub.ingest.ToldLog;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account that streams nonsense for quotes loses the quotes of that market, and has them back when they are right. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class QuoteFailoverTest {
  private static final String STOCKS = "stocks";
  private static final String OPTIONS = "options";
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument CALL = Instrument.of(ScriptedProvider.CALL);
  private static final Topic MINUTES = new Topic(Channel.MINUTES, SPY);
  private static final Topic TRADES = new Topic(Channel.TRADES, SPY);
  private static final Topic QUOTES = new Topic(Channel.QUOTES, SPY);
  private static final Topic CALL_QUOTES = new Topic(Channel.QUOTES, CALL);
  private static final String DISTRUST = "the quotes of first are not to be trusted";

  @RegisterExtension
  final ToldLog told = new ToldLog(Account.class);

  private final HybridRig rig = HybridRig.ofEqual();

  @BeforeEach
  void stream() {
    rig.hybrid.demand(Set.of(MINUTES, TRADES, QUOTES, CALL_QUOTES));
    rig.first.connect(STOCKS);
    rig.first.connect(OPTIONS);
    rig.advance(10);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static QuoteEvent right(Instrument instrument) {
    return new QuoteEvent(instrument, 1, 0, 0, 1, 1, 2, 1);
  }

  private static QuoteEvent wrong(Instrument instrument) {
    return new QuoteEvent(instrument, 1, 0, 0, 2, 1, 1, 1);
  }

  private void pass(int seconds, ScriptedProvider from, QuoteEvent quote) {
    for (int i = 0; i < seconds; i++) {
      from.emit(Collections.nCopies(10, quote).toArray(FeedEvent[]::new));
      rig.advance(1);
    }
  }

  /** Streams nonsense of shares until the other account has their quotes. */
  private void failOver() {
    pass(16, rig.first, wrong(SPY));
    rig.second.connect(STOCKS);
    rig.advance(1);
  }

  private FeedStatus status(String market) {
    return rig.heard.stream()
        .filter(FeedStatus.class::isInstance)
        .map(FeedStatus.class::cast)
        .filter(status -> status.market().equals(market))
        .reduce((one, later) -> later)
        .orElseThrow();
  }

  private boolean passes(ScriptedProvider from, FeedEvent event) {
    int before = rig.heard.size();
    from.emit(event);
    return rig.heard.subList(before, rig.heard.size()).contains(event);
  }

  private double distrusted() {
    return rig.registry.find("candlehub.ingest.quotes.distrusted").counters().stream()
        .mapToDouble(each -> each.count())
        .sum();
  }

  @Test
  void shouldGiveTheQuotesOfTheMarketToTheOther() {
    failOver();

    assertThat(rig.second.demanded).containsExactly(QUOTES);
    assertThat(rig.fate(QUOTES).state()).isEqualTo(TopicStatus.State.READY);
    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("second", "low-confidence"));
    assertThat(rig.fates(QUOTES))
        .extracting(TopicStatus::state)
        .containsExactly(TopicStatus.State.READY, TopicStatus.State.LOST, TopicStatus.State.READY);
    assertThat(passes(rig.second, right(SPY))).isTrue();
    assertThat(passes(rig.first, wrong(SPY))).isFalse();
  }

  @Test
  void shouldLeaveAllElseWithTheFirst() {
    failOver();

    for (Topic topic : List.of(MINUTES, TRADES, CALL_QUOTES)) {
      assertThat(rig.fates(topic))
          .extracting(TopicStatus::state)
          .containsOnly(TopicStatus.State.READY);
      assertThat(rig.fate(topic).origin()).isEqualTo(new Origin("first", ""));
    }
    assertThat(status(OPTIONS).reason()).isEmpty();
    assertThat(passes(rig.first, right(CALL))).isTrue();
  }

  @Test
  void shouldSaySo() {
    failOver();

    assertThat(status(STOCKS).provider()).isEqualTo("first");
    assertThat(status(STOCKS).state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(status(STOCKS).reason()).isEqualTo(DISTRUST + "; quotes come from second");
    assertThat(rig.registry
            .get("candlehub.ingest.quotes.distrusted")
            .tags("provider", "first", "market", STOCKS)
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(told.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("streamed quotes are not to be trusted [provider: first, market: stocks]");
  }

  @Test
  void shouldNameWhoTookAMarketOfQuotesAlone() {
    pass(16, rig.first, wrong(CALL));
    rig.second.connect(OPTIONS);
    rig.advance(1);

    assertThat(status(OPTIONS).provider()).isEqualTo("second");
    assertThat(status(OPTIONS).reason()).isEqualTo(DISTRUST + "; second takes its place");
    assertThat(status(STOCKS).reason()).isEmpty();
  }

  @Test
  void shouldListenToTheFirstAndReturnWhenItsQuotesAreRight() {
    failOver();
    assertThat(rig.first.demanded).contains(QUOTES);
    pass(15, rig.first, right(SPY));
    assertThat(rig.fate(QUOTES).origin().source()).isEqualTo("second");

    pass(10, rig.first, right(SPY));
    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("first", ""));
    assertThat(rig.fate(QUOTES).state()).isEqualTo(TopicStatus.State.READY);
    assertThat(rig.second.demanded).isEmpty();
    assertThat(status(STOCKS).reason()).isEmpty();
    assertThat(passes(rig.first, right(SPY))).isTrue();
    assertThat(passes(rig.second, right(SPY))).isFalse();
  }

  @Test
  void shouldStayWithTheFirstIfTheOtherIsNoBetterAndSayIt() {
    failOver();
    pass(16, rig.second, wrong(SPY));

    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("first", ""));
    assertThat(passes(rig.first, wrong(SPY))).isTrue();
    assertThat(status(STOCKS).reason()).isEqualTo(DISTRUST);
    assertThat(distrusted()).isEqualTo(2);
    rig.heard.clear();
    pass(120, rig.first, wrong(SPY));
    assertThat(rig.fates(QUOTES)).isEmpty();
  }

  @Test
  void shouldTakeTheFirstIfTheOtherCannotConnect() {
    pass(16, rig.first, wrong(SPY));
    rig.second.say(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(11);

    assertThat(rig.fate(QUOTES).state()).isEqualTo(TopicStatus.State.READY);
    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("first", ""));
    assertThat(passes(rig.first, wrong(SPY))).isTrue();
  }

  @Test
  void shouldLeaveThemWithTheFirstAsLongAsTheOtherCannotConnect() {
    rig.heard.clear();
    for (int i = 0; i < 300; i++) {
      pass(1, rig.first, wrong(SPY));
      rig.second.say(
          STOCKS,
          rig.second.demanded.isEmpty() ? FeedStatus.State.IDLE : FeedStatus.State.DISCONNECTED);
    }
    assertThat(rig.fates(QUOTES)).isEmpty();
    assertThat(passes(rig.first, wrong(SPY))).isTrue();

    rig.second.connect(STOCKS);
    rig.advance(21);
    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("second", "low-confidence"));
  }

  @Test
  void shouldLeaveThemWithTheFirstWhileTheOtherComesAndGoes() {
    pass(40, rig.first, wrong(SPY));
    rig.heard.clear();
    for (int i = 0; i < 20; i++) {
      rig.second.connect(STOCKS);
      pass(1, rig.first, wrong(SPY));
      rig.second.lose(STOCKS, FeedStatus.State.DISCONNECTED);
      pass(15, rig.first, wrong(SPY));
    }

    assertThat(rig.fates(QUOTES)).isEmpty();
  }

  @Test
  void shouldLeaveThemWithTheOtherWhileItConnectsAgain() {
    failOver();
    pass(30, rig.first, wrong(SPY));
    rig.heard.clear();
    rig.second.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    pass(5, rig.first, wrong(SPY));
    rig.second.connect(STOCKS);
    rig.advance(1);

    assertThat(rig.fates(QUOTES))
        .extracting(TopicStatus::state)
        .containsExactly(TopicStatus.State.LOST, TopicStatus.State.READY);
    assertThat(rig.fate(QUOTES).origin().source()).isEqualTo("second");
  }

  @Test
  void shouldMoveThemOnceIfTheOtherRefusesThem() {
    rig.second.connect(STOCKS);
    pass(16, rig.first, wrong(SPY));
    rig.second.refuse(Set.of(QUOTES));
    rig.advance(1);
    assertThat(rig.fate(QUOTES).state()).isEqualTo(TopicStatus.State.READY);
    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("first", ""));

    rig.heard.clear();
    for (int i = 0; i < 60; i++) {
      pass(1, rig.first, wrong(SPY));
      rig.second.refuse(Set.of(QUOTES));
    }
    assertThat(rig.fates(QUOTES)).isEmpty();
    assertThat(passes(rig.first, wrong(SPY))).isTrue();

    rig.second.emit(new TopicStatus(QUOTES, TopicStatus.State.READY));
    rig.advance(1);
    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("second", "low-confidence"));
  }

  @Test
  void shouldSayThatTheFirstIsUnhealthyIfItsConnectionIsDown() {
    failOver();
    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.second.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.second.connect(STOCKS);
    rig.advance(11);

    assertThat(rig.fate(QUOTES).origin()).isEqualTo(new Origin("second", "unhealthy"));
    assertThat(status(STOCKS).reason())
        .isEqualTo(DISTRUST + "; the stream of first is down; second takes its place");
  }

  @Test
  void shouldNotMoveForAFewSecondsOfCrossedMarkets() {
    for (int i = 0; i < 5; i++) {
      pass(3, rig.first, wrong(SPY));
      pass(8, rig.first, right(SPY));
    }

    assertThat(rig.second.demanded).isEmpty();
    assertThat(status(STOCKS).reason()).isEmpty();
    assertThat(distrusted()).isZero();
  }

  @Test
  void shouldMoveWhatIsWantedLaterToo() {
    failOver();
    Topic later = new Topic(Channel.QUOTES, Instrument.of("QQQ"));
    rig.hybrid.demand(Set.of(MINUTES, QUOTES, later));

    assertThat(rig.second.demanded).containsExactlyInAnyOrder(QUOTES, later);
  }

  @Test
  void shouldJudgeHoweverOftenTheDemandChanges() {
    for (int i = 0; i < 32; i++) {
      rig.first.emit(Collections.nCopies(5, wrong(SPY)).toArray(FeedEvent[]::new));
      rig.hybrid.demand(i % 2 == 0 ? Set.of(MINUTES, QUOTES) : Set.of(MINUTES, QUOTES, TRADES));
      rig.scheduler.advance(Duration.ofMillis(500));
    }

    assertThat(rig.second.demanded).containsExactly(QUOTES);
  }
}
