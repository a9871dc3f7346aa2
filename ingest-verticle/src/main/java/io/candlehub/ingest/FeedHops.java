package io.candlehub.ingest;

import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the way of events through ingest, and what the journal holds. Names and tags are a public interface; they are
 * there from the start, whether or not this node leads.
 */
final class FeedHops {
  private static final String PREFIX = "candlehub.ingest.";
  private static final String PROVIDER = "provider";

  private final Timer delay;
  private final Timer sending;
  private final Map<Sent, Counter> frames = new EnumMap<>(Sent.class);
  private final Map<Replay, Counter> replays = new EnumMap<>(Replay.class);
  private final Counter stalls;
  private final Counter overruns;
  private final AtomicLong journalBytes = new AtomicLong();
  private final AtomicLong journalAge = new AtomicLong();
  private final AtomicLong topics = new AtomicLong();
  private final AtomicLong leading = new AtomicLong();
  private final AtomicLong silentNodes = new AtomicLong();

  /** Why a frame was sent. */
  enum Sent {
    /** It was just received. */
    LIVE,
    /** Its shard's owner could not take it at once, or did not acknowledge it. */
    AGAIN
  }

  /** What came of a hub's question for a replay. */
  enum Replay {
    /** The events, or that there are none. */
    ANSWERED,
    /** They are not there any more. */
    GONE
  }

  FeedHops(MeterRegistry registry, String provider) {
    delay = Timer.builder(PREFIX + "provider.delay")
        .description("market time from the newest event of a frame until it was received")
        .tag(PROVIDER, provider)
        .register(registry);
    sending = Timer.builder(PREFIX + "send.delay")
        .description("time from the receipt of a frame until its events were handed to the bus")
        .tag(PROVIDER, provider)
        .register(registry);
    for (Sent why : Sent.values()) {
      frames.put(why, counter(registry, "feed.frames", "frames sent to hubs", provider, why));
    }
    for (Replay result : Replay.values()) {
      replays.put(result, counter(registry, "replays", "replays hubs asked for", provider, result));
    }
    stalls = Counter.builder(PREFIX + "stalls")
        .description("hub nodes that became silent while frames were on their way to them")
        .tag(PROVIDER, provider)
        .register(registry);
    overruns = Counter.builder(PREFIX + "journal.overruns")
        .description("events forgotten before a hub had them safely, for want of memory")
        .tag(PROVIDER, provider)
        .register(registry);
    gauge(registry, "journal.bytes", "memory of the journal", provider, journalBytes);
    Gauge.builder(PREFIX + "journal.age", journalAge, millis -> millis.get() / 1e3)
        .description("age of the oldest event in the journal")
        .baseUnit("seconds")
        .tag(PROVIDER, provider)
        .register(registry);
    gauge(registry, "topics", "topics that hubs want streamed", provider, topics);
    gauge(registry, "leader", "1 while this node holds the provider", provider, leading);
    gauge(registry, "silent.nodes", "hub nodes that are silent", provider, silentNodes);
  }

  /** Measures a frame of the provider by its newest event. */
  void received(List<FeedEvent> events, long marketMillis) {
    long newest = Long.MIN_VALUE;
    for (FeedEvent event : events) {
      newest = Math.max(newest, atMillis(event).orElse(newest));
    }
    if (newest != Long.MIN_VALUE) {
      delay.record(Math.max(0, marketMillis - newest), TimeUnit.MILLISECONDS);
    }
  }

  private static OptionalLong atMillis(FeedEvent event) {
    if (event instanceof AggregateEvent bar) {
      return OptionalLong.of(bar.endMillis());
    }
    if (event instanceof QuoteEvent quote) {
      return OptionalLong.of(quote.atMillis());
    }
    return event instanceof TradeEvent trade
        ? OptionalLong.of(trade.atMillis())
        : OptionalLong.empty();
  }

  /** Measures how long a frame was on its way through ingest. */
  void handedOver(long nanos) {
    sending.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  void frame(Sent why) {
    frames.get(why).increment();
  }

  void replay(Replay result) {
    replays.get(result).increment();
  }

  void stall() {
    stalls.increment();
  }

  void overrun(long events) {
    overruns.increment((double) events);
  }

  /** Tells how much the journal has, and how old the oldest of it is. */
  void journal(long bytes, long ageMillis) {
    journalBytes.set(bytes);
    journalAge.set(ageMillis);
  }

  /** Tells how many topics are wanted, whether or not this node leads. */
  void topics(int count) {
    topics.set(count);
  }

  void silentNodes(long count) {
    silentNodes.set(count);
  }

  void leading(boolean now) {
    leading.set(now ? 1 : 0);
  }

  private static Counter counter(
      MeterRegistry registry, String name, String description, String provider, Enum<?> kind) {
    return Counter.builder(PREFIX + name)
        .description(description)
        .tags(PROVIDER, provider, "kind", kind.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, String provider, AtomicLong value) {
    Gauge.builder(PREFIX + name, value, AtomicLong::get)
        .description(description)
        .tag(PROVIDER, provider)
        .register(registry);
  }
}
