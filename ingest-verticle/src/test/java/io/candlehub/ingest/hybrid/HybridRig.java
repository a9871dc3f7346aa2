package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Two scripted accounts as one, with a clock driven by hand. */
final class HybridRig implements AutoCloseable {
  static final long NOW = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();

  final ManualClock clock = new ManualClock(NOW);
  final ManualScheduler scheduler = new ManualScheduler(clock);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final List<FeedEvent> heard = new ArrayList<>();
  final ScriptedProvider first;
  final ScriptedProvider second;
  final HybridProvider hybrid;
  private final Vertx vertx = Vertx.vertx();

  HybridRig(ScriptedProvider first, ScriptedProvider second) {
    this.first = first;
    this.second = second;
    hybrid = (HybridProvider) new HybridConfig(List.of(first, second))
        .open(new ProviderContext(
            vertx,
            clock,
            clock,
            () -> clock.millis() * 1_000_000,
            scheduler,
            () -> 0.5,
            heard::addAll,
            alert -> {},
            new FeedMeters(registry, first.id())));
  }

  static HybridRig ofEqual() {
    return new HybridRig(
        new ScriptedProvider("first", ScriptedProvider.everything(ScriptedProvider.ALL)),
        new ScriptedProvider("second", ScriptedProvider.everything(ScriptedProvider.ALL)));
  }

  void advance(int seconds) {
    scheduler.advance(Duration.ofSeconds(seconds));
  }

  /** Returns what was told of a topic, oldest first. */
  List<TopicStatus> fates(Topic topic) {
    return heard.stream()
        .filter(TopicStatus.class::isInstance)
        .map(TopicStatus.class::cast)
        .filter(status -> status.topic().equals(topic))
        .toList();
  }

  /** Returns what was told last of a topic. */
  TopicStatus fate(Topic topic) {
    List<TopicStatus> all = fates(topic);
    return all.get(all.size() - 1);
  }

  double fallbacks(String reason) {
    return registry
        .get("candlehub.ingest.fallbacks")
        .tags("provider", second.id(), "reason", reason)
        .counter()
        .count();
  }

  @Override
  public void close() {
    hybrid.close().await();
    vertx.close().await();
  }
}
