package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.Capabilities;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class StreamFailoverTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Set<Channel> NO_BARS = Set.of(Channel.QUOTES, Channel.TRADES);
  private static final Topic SECONDS = new Topic(Channel.SECONDS, SPY);
  private static final Topic MINUTES = new Topic(Channel.MINUTES, SPY);
  private static final Topic QUOTES = new Topic(Channel.QUOTES, SPY);
  private static final Topic TRADES = new Topic(Channel.TRADES, SPY);
  private static final Topic HALTS = new Topic(Channel.HALTS, SPY);
  private static final Set<Topic> CHART = Set.of(SECONDS, MINUTES, QUOTES, HALTS);
  private static final Set<Topic> FROM_TRADES = Set.of(SECONDS, MINUTES, QUOTES, HALTS, TRADES);
  private static final String STOCKS = "stocks";

  private HybridRig rig = rig(ScriptedProvider.ALL, NO_BARS);

  @AfterEach
  void close() {
    rig.close();
  }

  private static HybridRig rig(Set<Channel> first, Set<Channel> second) {
    return new HybridRig(
        new ScriptedProvider("first", ScriptedProvider.everything(first)),
        new ScriptedProvider("second", ScriptedProvider.everything(second)));
  }

  private void stream() {
    rig.hybrid.demand(CHART);
    rig.first.connect(STOCKS);
    rig.advance(10);
  }

  /** Loses the first account's stream, and lets the hub ask for the trades that it needs then. */
  private void failOver() {
    stream();
    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(11);
    rig.hybrid.demand(FROM_TRADES);
    rig.second.connect(STOCKS);
    rig.advance(1);
  }

  private FeedStatus status() {
    return rig.heard.stream()
        .filter(FeedStatus.class::isInstance)
        .map(FeedStatus.class::cast)
        .reduce((one, later) -> later)
        .orElseThrow();
  }

  private TopicStatus.State fate(Topic topic) {
    return rig.fate(topic).state();
  }

  private Origin origin(Topic topic) {
    return rig.fate(topic).origin();
  }

  /** Returns a bar of a topic of bars. */
  static AggregateEvent bar(Topic topic) {
    boolean second = topic.channel() == Channel.SECONDS;
    return new AggregateEvent(
        second ? AggregateEvent.Span.SECOND : AggregateEvent.Span.MINUTE,
        topic.instrument(),
        60_000,
        second ? 61_000 : 120_000,
        1,
        1,
        1,
        1,
        1,
        Double.NaN,
        Double.NaN);
  }

  private static AggregateEvent second() {
    return bar(SECONDS);
  }

  private static QuoteEvent quote() {
    return new QuoteEvent(SPY, 1, 0, 0, 1, 1, 2, 1);
  }

  private static TradeEvent trade() {
    return new TradeEvent(SPY, 1, 1, 0, 5, 1, List.of());
  }

  private boolean passes(ScriptedProvider from, FeedEvent event) {
    rig.heard.clear();
    from.emit(event);
    return rig.heard.contains(event);
  }

  @Test
  void shouldStreamAllFromTheFirstAccount() {
    stream();

    assertThat(rig.first.demanded).isEqualTo(CHART);
    assertThat(rig.second.demanded).isEmpty();
    assertThat(status().provider()).isEqualTo("first");
    assertThat(status().reason()).isEmpty();
    CHART.forEach(topic -> assertThat(fate(topic)).isEqualTo(TopicStatus.State.READY));
    assertThat(passes(rig.first, second())).isTrue();
    assertThat(passes(rig.second, quote())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"DISCONNECTED, 10", "MUTE, 10", "CONNECTING, 10", "REFUSED, 2", "EVICTED, 2"})
  void shouldWaitBeforeAnotherAccountTakesOver(FeedStatus.State state, int seconds) {
    stream();
    rig.first.lose(STOCKS, state);
    rig.advance(seconds - 1);
    assertThat(rig.second.demanded).isEmpty();
    assertThat(status().provider()).isEqualTo("first");

    rig.advance(2);
    assertThat(rig.second.demanded).containsExactly(QUOTES);
    assertThat(status().provider()).isEqualTo("second");
    assertThat(fate(SECONDS)).isEqualTo(TopicStatus.State.REFUSED);
    assertThat(fate(MINUTES)).isEqualTo(TopicStatus.State.REFUSED);
    assertThat(fate(HALTS)).isEqualTo(TopicStatus.State.LOST);
  }

  @Test
  void shouldNotMoveWhatIsBackInTime() {
    stream();
    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(8);
    rig.first.connect(STOCKS);
    rig.advance(30);

    assertThat(status().provider()).isEqualTo("first");
    assertThat(rig.fates(SECONDS))
        .extracting(TopicStatus::state)
        .containsExactly(TopicStatus.State.READY, TopicStatus.State.LOST, TopicStatus.State.READY);
  }

  @Test
  void shouldLetTheOtherCarryWhatItCanAndSaySo() {
    failOver();

    assertThat(rig.second.demanded).containsExactlyInAnyOrder(QUOTES, TRADES);
    assertThat(rig.first.demanded).isEqualTo(FROM_TRADES);
    assertThat(status().provider()).isEqualTo("second");
    assertThat(status().state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(status().reason()).isEqualTo("the stream of first is down; second takes its place");
    assertThat(fate(TRADES)).isEqualTo(TopicStatus.State.READY);
    assertThat(fate(QUOTES)).isEqualTo(TopicStatus.State.READY);
    assertThat(origin(QUOTES)).isEqualTo(new Origin("second", "unhealthy"));
    assertThat(passes(rig.second, trade())).isTrue();
    assertThat(passes(rig.second, quote())).isTrue();
    assertThat(rig.registry
            .get("candlehub.ingest.streams.taken")
            .tags("provider", "second", "market", STOCKS)
            .counter()
            .count())
        .isEqualTo(1);
  }

  @Test
  void shouldGoBackOnlyWhenTheFirstIsStableAndThenAtOnce() {
    failOver();
    rig.first.connect(STOCKS);
    rig.advance(19);
    assertThat(status().provider()).isEqualTo("second");
    assertThat(passes(rig.first, second())).isFalse();
    assertThat(passes(rig.first, quote())).isFalse();
    assertThat(passes(rig.second, quote())).isTrue();

    rig.advance(2);
    assertThat(status().provider()).isEqualTo("first");
    assertThat(status().reason()).isEmpty();
    for (Topic topic : List.of(SECONDS, MINUTES, QUOTES, TRADES)) {
      assertThat(fate(topic)).as("%s", topic).isEqualTo(TopicStatus.State.READY);
    }
    assertThat(passes(rig.first, second())).isTrue();
    assertThat(passes(rig.second, quote())).isFalse();
    assertThat(passes(rig.second, trade())).isFalse();
    rig.hybrid.demand(CHART);
    assertThat(rig.second.demanded).isEmpty();
  }

  @Test
  void shouldSayThatTopicsWereLostBeforeTheyComeFromAnother() {
    failOver();
    rig.first.connect(STOCKS);
    rig.heard.clear();
    rig.advance(21);

    for (Topic topic : List.of(SECONDS, MINUTES, QUOTES, TRADES)) {
      assertThat(rig.fates(topic))
          .extracting(TopicStatus::state)
          .containsExactly(TopicStatus.State.LOST, TopicStatus.State.READY);
    }
  }

  @Test
  void shouldNotGoBackToAConnectionThatComesAndGoes() {
    failOver();
    for (int i = 0; i < 5; i++) {
      rig.first.connect(STOCKS);
      rig.advance(8);
      rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
      rig.advance(4);
      assertThat(status().provider()).isEqualTo("second");
    }
  }

  @Test
  void shouldTakeTheFirstAtOnceWhenTheOtherFailsToo() {
    failOver();
    rig.second.lose(STOCKS, FeedStatus.State.REFUSED);
    rig.advance(3);
    assertThat(status().provider()).isEqualTo("first");
    assertThat(status().state()).isEqualTo(FeedStatus.State.DISCONNECTED);

    rig.first.connect(STOCKS);
    rig.advance(1);
    assertThat(status().state()).isEqualTo(FeedStatus.State.STREAMING);
    assertThat(fate(SECONDS)).isEqualTo(TopicStatus.State.READY);
    assertThat(passes(rig.first, second())).isTrue();
  }

  @Test
  void shouldRefuseWhatNobodyStreams() {
    Topic future = new Topic(Channel.MINUTES, Instrument.of("F:GC"));
    rig.hybrid.demand(Set.of(future));

    assertThat(fate(future)).isEqualTo(TopicStatus.State.REFUSED);
    assertThat(rig.first.demanded).isEmpty();
  }

  @Test
  void shouldNotMoveForEverWhatBothRefuse() {
    stream();
    rig.second.connect(STOCKS);
    for (int i = 0; i < 30; i++) {
      rig.first.refuse(Set.of(QUOTES));
      rig.second.refuse(Set.of(QUOTES));
      rig.advance(1);
      if (i == 1) {
        assertThat(fate(QUOTES)).isEqualTo(TopicStatus.State.REFUSED);
        rig.heard.clear();
      }
    }

    assertThat(rig.fates(QUOTES)).isEmpty();
  }

  @Test
  void shouldGiveARefusedChannelToWhoStreamsIt() {
    rig.hybrid.demand(CHART);
    rig.first.connect(STOCKS);
    rig.first.emit(new TopicStatus(QUOTES, TopicStatus.State.REFUSED));
    rig.advance(1);
    rig.second.connect(STOCKS);
    rig.advance(1);

    assertThat(rig.second.demanded).containsExactly(QUOTES);
    assertThat(fate(QUOTES)).isEqualTo(TopicStatus.State.READY);
    assertThat(origin(QUOTES)).isEqualTo(new Origin("second", "not-entitled"));
    assertThat(origin(SECONDS)).isEqualTo(new Origin("first", ""));
    assertThat(status().provider()).isEqualTo("first");
    assertThat(status().reason()).isEqualTo("quotes come from second");
    assertThat(passes(rig.second, quote())).isTrue();
    assertThat(passes(rig.first, second())).isTrue();
  }

  @Test
  void shouldNotCallItAFallbackWhenTheFirstHasNoSuchChannel() {
    rig.close();
    rig = rig(NO_BARS, ScriptedProvider.ALL);
    rig.hybrid.demand(CHART);
    rig.first.connect(STOCKS);
    rig.second.connect(STOCKS);
    rig.advance(1);

    assertThat(rig.first.demanded).containsExactly(QUOTES);
    assertThat(rig.second.demanded).containsExactlyInAnyOrder(SECONDS, MINUTES, HALTS);
    assertThat(status().provider()).isEqualTo("second");
    assertThat(status().reason()).isEmpty();
  }

  @Test
  void shouldMoveBarsToAnAccountThatStreamsBars() {
    rig.close();
    rig = rig(ScriptedProvider.ALL, ScriptedProvider.ALL);
    failOver();

    assertThat(fate(MINUTES)).isEqualTo(TopicStatus.State.READY);
    assertThat(passes(rig.second, second())).isTrue();
    assertThat(passes(rig.first, second())).isFalse();
  }

  @Test
  void shouldTellAnAccountWhatMattersMostFirst() {
    Topic option = new Topic(Channel.QUOTES, Instrument.of(ScriptedProvider.CALL));
    for (List<Topic> order :
        List.of(List.of(option, MINUTES, SECONDS), List.of(SECONDS, option, MINUTES))) {
      rig.hybrid.demand(Set.of());
      rig.hybrid.demand(new LinkedHashSet<>(order));

      assertThat(rig.first.demanded).containsExactlyElementsOf(order);
    }
  }

  @Test
  void shouldKeepMarketsApart() {
    Topic option = new Topic(Channel.QUOTES, Instrument.of(ScriptedProvider.CALL));
    rig.hybrid.demand(Set.of(SECONDS, MINUTES, option));
    rig.first.connect(STOCKS);
    rig.first.connect("options");
    rig.first.lose("options", FeedStatus.State.DISCONNECTED);
    rig.advance(11);

    assertThat(rig.second.demanded).containsExactly(option);
    assertThat(fate(MINUTES)).isEqualTo(TopicStatus.State.READY);
    assertThat(passes(rig.first, second())).isTrue();
  }

  @Test
  void shouldStayWithTheFirstIfTheOtherHasNothingUseful() {
    rig.close();
    Capabilities nothing =
        new Capabilities(Map.of(), Map.of(), Set.of(AssetClass.EQUITY), Set.of());
    rig = new HybridRig(
        new ScriptedProvider("first", ScriptedProvider.everything(ScriptedProvider.ALL)),
        new ScriptedProvider("second", nothing));
    stream();
    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(30);

    assertThat(status().provider()).isEqualTo("first");
    assertThat(fate(MINUTES)).isEqualTo(TopicStatus.State.LOST);
    rig.first.connect(STOCKS);
    assertThat(fate(MINUTES)).isEqualTo(TopicStatus.State.READY);
  }

  @Test
  void shouldSayNothingAfterItsEnd() {
    stream();
    rig.hybrid.close();
    rig.heard.clear();
    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(30);

    assertThat(rig.heard).isEmpty();
  }
}
