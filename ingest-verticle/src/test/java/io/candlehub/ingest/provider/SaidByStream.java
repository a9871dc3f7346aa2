package io.candlehub.ingest.provider;

import io.candlehub.model.Alert;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a stream says, with waiting for it instead of sleeping, on a Monday at ten. */
public abstract class SaidByStream {
  /** When the market's clock begins. */
  protected static final long MONDAY_TEN = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();

  /** What was said and not awaited yet. */
  protected final BlockingQueue<FeedEvent> said = new LinkedBlockingQueue<>();

  /** What was awaited, in order. */
  protected final List<FeedEvent> heard = new ArrayList<>();

  /** What operators were told. */
  protected final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();

  /** The stream's counters. */
  protected final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Returns short waits, the grace time of requests excepted. */
  protected static StreamTimings withGrace(Duration grace) {
    return new StreamTimings(
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        grace,
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        Duration.ofMillis(300),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        Duration.ofSeconds(3),
        Duration.ofMillis(100),
        Duration.ofMillis(20),
        Duration.ofSeconds(15),
        Duration.ofMillis(100),
        Duration.ofMillis(500));
  }

  /** Returns short waits. */
  protected static StreamTimings timings() {
    return withGrace(Duration.ofMillis(150));
  }

  /** Returns topics in their order. */
  protected static Set<Topic> topics(String... topics) {
    return Stream.of(topics)
        .map(text -> Topic.parse(text).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Waits for something to be said. */
  protected <T extends FeedEvent> T await(Class<T> type, Predicate<T> wanted) throws Exception {
    while (true) {
      FeedEvent event = said.poll(8, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("not said: " + type.getSimpleName() + ", heard " + heard);
      }
      heard.add(event);
      if (type.isInstance(event) && wanted.test(type.cast(event))) {
        return type.cast(event);
      }
    }
  }

  /** Waits for all topics to get into a state, in any order. */
  protected void awaitTopics(TopicStatus.State state, String... topics) throws Exception {
    List<String> open = new ArrayList<>(List.of(topics));
    while (!open.isEmpty()) {
      TopicStatus status = await(
          TopicStatus.class, s -> s.state() == state && open.contains(s.topic().toString()));
      open.remove(status.topic().toString());
    }
  }
}
