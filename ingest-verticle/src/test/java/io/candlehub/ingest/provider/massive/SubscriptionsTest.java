package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TopicStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class SubscriptionsTest {
  private static final Topic SECONDS = Topic.parse("seconds:SPY").orElseThrow();
  private static final Topic MINUTES = Topic.parse("minutes:SPY").orElseThrow();
  private static final Topic QUOTES = Topic.parse("quotes:SPY").orElseThrow();

  private final List<FeedEvent> said = new ArrayList<>();
  private final Subscriptions subscriptions = new Subscriptions(said::add);

  @Test
  void shouldBeReadyWhenAcknowledged() {
    subscriptions.want(Set.of(SECONDS));
    subscriptions.acknowledged(SECONDS);
    subscriptions.acknowledged(SECONDS);

    assertThat(said).containsExactly(new TopicStatus(SECONDS, State.READY));
    assertThat(subscriptions.isPending()).isFalse();
  }

  @Test
  void shouldTakeSilenceForReadiness() {
    Subscriptions.Request request = subscriptions.want(Set.of(SECONDS));
    subscriptions.graceOver(request);

    assertThat(said).containsExactly(new TopicStatus(SECONDS, State.READY));
  }

  @Test
  void shouldBlameRefusalOnWhatStaysUnanswered() {
    Subscriptions.Request request = subscriptions.want(Set.of(SECONDS, QUOTES));
    subscriptions.refused();
    subscriptions.acknowledged(SECONDS);
    subscriptions.graceOver(request);

    assertThat(said)
        .containsExactly(
            new TopicStatus(SECONDS, State.READY), new TopicStatus(QUOTES, State.REFUSED));
    assertThat(subscriptions.missing()).containsExactly(Channel.QUOTES);
  }

  @Test
  void shouldTellEveryRefusedChannel() {
    Topic trades = Topic.parse("trades:SPY").orElseThrow();
    Topic halts = Topic.parse("halts:SPY").orElseThrow();
    Subscriptions.Request request = subscriptions.want(Set.of(SECONDS, trades, halts));
    subscriptions.refused();
    subscriptions.acknowledged(SECONDS);
    subscriptions.graceOver(request);

    assertThat(subscriptions.missing()).containsExactly(Channel.TRADES, Channel.HALTS);
    assertThat(subscriptions.ready()).containsExactly(SECONDS);
  }

  @Test
  void shouldRefuseMissingChannelWithoutAskingAgain() {
    shouldBlameRefusalOnWhatStaysUnanswered();
    Topic other = Topic.parse("quotes:QQQ").orElseThrow();

    Subscriptions.Request request = subscriptions.want(Set.of(SECONDS, QUOTES, other));

    assertThat(request.subscribe()).isEmpty();
    assertThat(said).endsWith(new TopicStatus(other, State.REFUSED));
  }

  @Test
  void shouldForgiveChannelThatIsAcknowledgedLate() {
    shouldBlameRefusalOnWhatStaysUnanswered();

    subscriptions.acknowledged(QUOTES);

    assertThat(subscriptions.missing()).isEmpty();
    assertThat(said).endsWith(new TopicStatus(QUOTES, State.READY));
  }

  @Test
  void shouldNotCallChannelMissingOfWhichATopicWasAccepted() {
    Topic odd = Topic.parse("seconds:ODD").orElseThrow();
    Subscriptions.Request request = subscriptions.want(Set.of(SECONDS, odd));
    subscriptions.refused();
    subscriptions.acknowledged(SECONDS);
    subscriptions.graceOver(request);

    assertThat(subscriptions.missing()).isEmpty();
    assertThat(said).contains(new TopicStatus(odd, State.REFUSED));
  }

  @Test
  void shouldAskOnlyForTheDifference() {
    subscriptions.want(Set.of(SECONDS, MINUTES));
    subscriptions.acknowledged(SECONDS);
    subscriptions.acknowledged(MINUTES);

    Subscriptions.Request request = subscriptions.want(Set.of(MINUTES, QUOTES));

    assertThat(request.subscribe()).containsExactly(QUOTES);
    assertThat(request.unsubscribe()).containsExactly(SECONDS);
    assertThat(said).endsWith(new TopicStatus(SECONDS, State.LOST));
  }

  @Test
  void shouldNotSettleTopicThatWasDroppedWithinItsGrace() {
    Subscriptions.Request request = subscriptions.want(Set.of(SECONDS));
    subscriptions.want(Set.of());
    said.clear();

    subscriptions.acknowledged(SECONDS);
    subscriptions.graceOver(request);

    assertThat(said).isEmpty();
    assertThat(subscriptions.ready()).isEmpty();
  }

  @Test
  void shouldLoseAllButRefusedTopicsWithTheConnection() {
    shouldBlameRefusalOnWhatStaysUnanswered();
    said.clear();

    subscriptions.lost();

    assertThat(said).containsExactly(new TopicStatus(SECONDS, State.LOST));
  }
}
