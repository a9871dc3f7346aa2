package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why topics come from another account than the first is told as it is now, and what did not change is not told again. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class StreamReasonTest {
  private static final String STOCKS = "stocks";
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Topic TRADES = new Topic(Channel.TRADES, SPY);
  private static final Topic QUOTES = new Topic(Channel.QUOTES, SPY);
  private static final Origin UNHEALTHY = new Origin("second", "unhealthy");
  private static final Origin LOW_CONFIDENCE = new Origin("second", "low-confidence");

  private final HybridRig rig = HybridRig.ofEqual();

  @BeforeEach
  void stream() {
    rig.hybrid.demand(Set.of(TRADES, QUOTES));
    rig.first.connect(STOCKS);
    rig.advance(10);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static QuoteEvent quote(double bid) {
    return new QuoteEvent(SPY, 1, 0, 0, bid, 1, 2, 1);
  }

  private void nonsense(int seconds) {
    for (int i = 0; i < seconds; i++) {
      rig.first.emit(Collections.nCopies(10, quote(3)).toArray(FeedEvent[]::new));
      rig.advance(1);
    }
  }

  /** Lets the first account's connection fail, and the second one stream in its place. */
  private void failOver() {
    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(11);
    rig.second.connect(STOCKS);
    rig.advance(1);
  }

  private List<TopicStatus> fates(Topic topic) {
    return rig.heard.stream()
        .filter(TopicStatus.class::isInstance)
        .map(TopicStatus.class::cast)
        .filter(status -> status.topic().equals(topic))
        .toList();
  }

  private static TopicStatus ready(Origin origin) {
    return new TopicStatus(QUOTES, TopicStatus.State.READY, origin);
  }

  @Test
  void shouldTellAnotherReasonAndLoseNothing() {
    failOver();
    assertThat(fates(QUOTES)).endsWith(ready(UNHEALTHY));
    rig.heard.clear();

    rig.first.connect(STOCKS);
    nonsense(40);

    assertThat(fates(QUOTES)).containsExactly(ready(LOW_CONFIDENCE));
    rig.heard.clear();
    rig.second.emit(quote(1));
    assertThat(rig.heard).containsExactly(quote(1));
  }

  @Test
  void shouldNotTellAgainWhatIsAsItWas() {
    failOver();
    rig.heard.clear();
    rig.advance(120);
    rig.hybrid.demand(Set.of(TRADES, QUOTES));
    assertThat(rig.heard).isEmpty();

    rig.first.connect(STOCKS);
    nonsense(15);
    assertThat(fates(TRADES)).as("its quotes alone are nonsense").isEmpty();
  }

  @Test
  void shouldNotChangeTheReasonForABriefLossOfAPoorConnection() {
    nonsense(16);
    rig.second.connect(STOCKS);
    rig.advance(1);
    assertThat(fates(QUOTES)).endsWith(ready(LOW_CONFIDENCE));
    rig.heard.clear();

    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(8);
    assertThat(fates(QUOTES)).isEmpty();
    rig.advance(3);
    assertThat(fates(QUOTES)).containsExactly(ready(UNHEALTHY));
  }

  @Test
  void shouldSayThatThePlanLacksWhatTheFirstRefusesOnceItIsBack() {
    failOver();
    rig.heard.clear();
    rig.first.connect(STOCKS);
    rig.first.refuse(Set.of(QUOTES));
    rig.advance(1);

    assertThat(fates(QUOTES)).containsExactly(ready(new Origin("second", "not-entitled")));
  }

  @Test
  void shouldForgetWhatNobodyWantsAnyMore() {
    failOver();
    rig.hybrid.demand(Set.of(TRADES));
    rig.heard.clear();
    rig.first.connect(STOCKS);
    nonsense(16);

    assertThat(fates(QUOTES)).isEmpty();
  }
}
