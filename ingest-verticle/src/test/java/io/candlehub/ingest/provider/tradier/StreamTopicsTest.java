package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class StreamTopicsTest {
  private final List<String> told = new ArrayList<>();
  private final StreamTopics topics = new StreamTopics(this::tell);

  @Test
  void shouldAskForEachSymbolAndKindOnce() {
    topics.want(topics("quotes:SPY", "trades:SPY", "trades:BRK.B", "quotes:O:SPY251219C00650000"));

    assertThat(topics.symbols()).containsExactly("SPY", "BRK/B", "SPY251219C00650000");
    assertThat(topics.kinds()).containsExactly("quote", "timesale");

    topics.want(topics("trades:I:SPX"));
    assertThat(topics.symbols()).containsExactly("SPX");
    assertThat(topics.kinds()).containsExactly("trade");
  }

  @Test
  void shouldBeReadyByDataOrBySilence() {
    Set<Topic> fresh = topics.want(topics("quotes:SPY", "trades:SPY"));
    assertThat(topics.isSettled()).isFalse();

    topics.arrived(topic("quotes:SPY"));
    topics.arrived(topic("quotes:SPY"));
    assertThat(topics.isSettled()).isTrue();
    topics.graceOver(fresh);

    assertThat(told).containsExactly("quotes:SPY READY", "trades:SPY READY");
  }

  @Test
  void shouldTellOfEventsOnlyWhatIsWanted() {
    topics.want(topics("quotes:SPY", "trades:I:SPX", "trades:QQQ"));

    assertThat(topics.instrument("SPY", "quote")).isPresent();
    assertThat(topics.instrument("SPY", "timesale")).isEmpty();
    assertThat(topics.instrument("SPX", "trade")).isPresent();
    assertThat(topics.instrument("SPX", "timesale")).isEmpty();
    assertThat(topics.instrument("QQQ", "timesale")).isPresent();
    assertThat(topics.instrument("QQQ", "trade")).isEmpty();
    assertThat(topics.instrument("IWM", "quote")).isEmpty();
  }

  @Test
  void shouldNotAskAgainForARefusedSymbol() {
    topics.want(topics("quotes:ZZZZZ", "trades:ZZZZZ", "quotes:SPY"));

    assertThat(topics.refused("ZZZZZ")).isTrue();
    assertThat(topics.refused("ZZZZZ")).isFalse();
    assertThat(topics.refused("IWM")).isFalse();
    assertThat(topics.symbols()).containsExactly("SPY");
    assertThat(told).containsExactlyInAnyOrder("quotes:ZZZZZ REFUSED", "trades:ZZZZZ REFUSED");

    topics.want(topics("quotes:SPY"));
    topics.want(topics("quotes:SPY", "quotes:ZZZZZ"));
    assertThat(topics.symbols()).as("wanted anew").containsExactly("SPY", "ZZZZZ");
  }

  @Test
  void shouldLoseWhatIsNotWantedAndEverythingAtTheEnd() {
    Set<Topic> fresh = topics.want(topics("quotes:SPY", "quotes:QQQ", "quotes:ZZZZZ"));
    topics.graceOver(fresh);
    topics.refused("ZZZZZ");
    told.clear();

    topics.want(topics("quotes:QQQ", "quotes:ZZZZZ"));
    assertThat(told).containsExactly("quotes:SPY LOST");
    topics.lost();
    assertThat(told).containsExactly("quotes:SPY LOST", "quotes:QQQ LOST");
  }

  @Test
  void shouldWaitAnewWhenRenewed() {
    topics.graceOver(topics.want(topics("quotes:SPY")));
    told.clear();

    topics.renew(topic("quotes:SPY"));
    topics.arrived(topic("quotes:SPY"));

    assertThat(told).containsExactly("quotes:SPY LOST", "quotes:SPY READY");
  }

  private void tell(FeedEvent event) {
    TopicStatus status = (TopicStatus) event;
    told.add(status.topic() + " " + status.state());
  }

  private static Set<Topic> topics(String... texts) {
    return Stream.of(texts)
        .map(StreamTopicsTest::topic)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Topic topic(String text) {
    return Topic.parse(text).orElseThrow();
  }
}
