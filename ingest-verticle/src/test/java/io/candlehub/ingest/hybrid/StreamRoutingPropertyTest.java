package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** However connections come and go, a topic has one source at a time, and every topic has a fate. */
class StreamRoutingPropertyTest {
  private static final List<Topic> TOPICS = List.of(
      new Topic(Channel.QUOTES, Instrument.of("SPY")),
      new Topic(Channel.QUOTES, Instrument.of("QQQ")),
      new Topic(Channel.TRADES, Instrument.of("SPY")),
      new Topic(Channel.MINUTES, Instrument.of("SPY")),
      new Topic(Channel.SECONDS, Instrument.of("SPY")));

  private HybridRig rig;
  private final Map<Topic, String> sources = new HashMap<>();
  private final Map<Topic, TopicStatus.State> fates = new HashMap<>();

  /** What happens. */
  enum Happening {
    CONNECT,
    DISCONNECT,
    REFUSE,
    MUTE,
    REFUSE_TOPIC,
    NONSENSE,
    DEMAND
  }

  /** What happens to which account, or topic, and how long nothing happens then. */
  record Step(Happening what, boolean second, int topic, int seconds) {}

  @BeforeTry
  void open() {
    sources.clear();
    fates.clear();
    rig = new HybridRig(
        new ScriptedProvider("first", ScriptedProvider.everything(ScriptedProvider.ALL)),
        new ScriptedProvider(
            "second", ScriptedProvider.everything(Set.of(Channel.QUOTES, Channel.TRADES))));
  }

  @AfterTry
  void close() {
    rig.close();
  }

  @Property(tries = 200)
  void shouldHaveOneSourceForEachTopic(@ForAll("steps") List<Step> steps) {
    Set<Topic> wanted = new HashSet<>(TOPICS);
    rig.hybrid.demand(Set.copyOf(wanted));
    for (Step step : steps) {
      ScriptedProvider account = step.second ? rig.second : rig.first;
      Topic topic = TOPICS.get(step.topic);
      switch (step.what) {
        case CONNECT -> account.connect("stocks");
        case DISCONNECT -> account.lose("stocks", FeedStatus.State.DISCONNECTED);
        case REFUSE -> account.lose("stocks", FeedStatus.State.REFUSED);
        case MUTE -> account.say("stocks", FeedStatus.State.MUTE);
        case REFUSE_TOPIC -> {
          if (account.demanded.contains(topic)) {
            account.emit(new TopicStatus(topic, TopicStatus.State.REFUSED));
          }
        }
        case NONSENSE -> nonsense(account);
        case DEMAND -> {
          if (!wanted.remove(topic)) {
            wanted.add(topic);
          }
          rig.hybrid.demand(Set.copyOf(wanted));
        }
      }
      rig.advance(step.seconds);
      checkSources(wanted);
    }
    settle(wanted);
  }

  private void nonsense(ScriptedProvider account) {
    QuoteEvent crossed = new QuoteEvent(Instrument.of("SPY"), 1, 0, 0, 2, 1, 1, 1);
    for (int second = 0; second < 16; second++) {
      account.emit(Collections.nCopies(5, crossed).toArray(FeedEvent[]::new));
      rig.advance(1);
    }
  }

  /** Lets both accounts send everything: one at most is heard of each topic, another one only after a loss. */
  private void checkSources(Set<Topic> wanted) {
    Set<Topic> lost = new HashSet<>();
    rig.heard.forEach(event -> {
      if (event instanceof TopicStatus status) {
        fates.put(status.topic(), status.state());
        if (status.state() == TopicStatus.State.LOST) {
          lost.add(status.topic());
        }
      }
    });
    rig.heard.clear();
    for (Topic topic : TOPICS) {
      boolean first = isHeard(rig.first, topic);
      boolean second = isHeard(rig.second, topic);
      assertThat(first && second).as("both are heard of %s", topic).isFalse();
      if (first || second) {
        String source = first ? "first" : "second";
        String before = sources.put(topic, source);
        assertThat(before == null || before.equals(source) || lost.contains(topic))
            .as("%s came from %s and comes from %s", topic, before, source)
            .isTrue();
      }
      if (!wanted.contains(topic)) {
        sources.remove(topic);
      }
    }
  }

  private boolean isHeard(ScriptedProvider account, Topic topic) {
    if (!account.demanded.contains(topic)) {
      return false;
    }
    int before = rig.heard.size();
    account.emit(event(topic));
    return rig.heard.size() > before;
  }

  private static FeedEvent event(Topic topic) {
    return switch (topic.channel()) {
      case QUOTES -> new QuoteEvent(topic.instrument(), 1, 0, 0, 1, 1, 2, 1);
      case TRADES -> new TradeEvent(topic.instrument(), 1, 1, 0, 5, 1, List.of());
      default -> StreamFailoverTest.bar(topic);
    };
  }

  /** When all is well for long enough, everything comes from the first account again: after nonsense, a quarter of an hour. */
  private void settle(Set<Topic> wanted) {
    rig.first.connect("stocks");
    rig.second.connect("stocks");
    rig.advance(15 * 60 + 4);
    rig.first.connect("stocks");
    rig.advance(2);
    checkSources(wanted);
    for (Topic topic : wanted) {
      assertThat(fates.get(topic)).isEqualTo(TopicStatus.State.READY);
      assertThat(rig.first.demanded).contains(topic);
      assertThat(rig.second.demanded).doesNotContain(topic);
      rig.heard.clear();
      rig.first.emit(event(topic));
      assertThat(rig.heard).hasSize(1);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Happening.values()),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, TOPICS.size() - 1),
            Arbitraries.integers().between(0, 25))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }
}
