package io.candlehub.ingest;

import io.candlehub.model.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The counters of one provider account. Names and tags are a public interface. */
public final class FeedMeters {
  private static final String PREFIX = "candlehub.ingest.";
  private static final String PROVIDER = "provider";
  private static final String KIND = "kind";

  private final MeterRegistry registry;
  private final String provider;
  private final Map<String, FeedMeters> accounts = new HashMap<>();
  private volatile BooleanSupplier healthy = () -> true;
  private final Counter frames;
  private final Counter reconnects;
  private final Counter throttles;
  private final Counter overBudget;
  private final Map<Mute, Counter> mutes = new EnumMap<>(Mute.class);
  private final Map<EventKind, Counter> events = new EnumMap<>(EventKind.class);
  private final Map<Violation, Counter> violations = new EnumMap<>(Violation.class);

  /** Kind of a streamed event. */
  public enum EventKind {
    /** A second's bar. */
    SECOND,
    /** A minute's bar. */
    MINUTE,
    /** A quote. */
    QUOTE,
    /** A trade, or an index value. */
    TRADE,
    /** A pause of trading, or its end. */
    HALT,
    /** A word of the provider about the connection. */
    STATUS,
    /** Something nobody asked for. */
    IGNORED
  }

  /** Kind of a question that the hub asks. */
  public enum Question {
    /** Bars of a range. */
    HISTORY,
    /** A search. */
    SYMBOLS,
    /** One listing. */
    INSTRUMENT,
    /** Splits of an instrument. */
    SPLITS,
    /** What the provider says about the market. */
    MARKET_STATUS,
    /** Dates on which options expire. */
    EXPIRATIONS,
    /** An option chain. */
    CHAIN,
    /** One option contract. */
    CONTRACT,
    /** The present values of one instrument of several. */
    SNAPSHOTS,
    /** Past trades of an instrument. */
    TRADES,
    /** Values of an indicator. */
    INDICATOR
  }

  /** What was found to be mute. */
  public enum Mute {
    /** Nothing came on the whole connection. */
    CONNECTION,
    /** Nothing came for one topic while others flowed. */
    TOPIC
  }

  /** Creates the counters of a provider. */
  public FeedMeters(MeterRegistry registry, String provider) {
    this.registry = registry;
    this.provider = provider;
    frames = Counter.builder(PREFIX + "frames")
        .description("frames received on the stream")
        .tag(PROVIDER, provider)
        .register(registry);
    reconnects = Counter.builder(PREFIX + "reconnects")
        .description("connection attempts after the first")
        .tag(PROVIDER, provider)
        .register(registry);
    throttles = Counter.builder(PREFIX + "throttles")
        .description("cool-downs begun because the provider asked for fewer requests")
        .tag(PROVIDER, provider)
        .register(registry);
    overBudget = Counter.builder(PREFIX + "refused.topics")
        .description("topics refused because their connection carries as many as it may")
        .tag(PROVIDER, provider)
        .register(registry);
    for (Mute what : Mute.values()) {
      mutes.put(what, counter("mutes", "silences although something should arrive", word(what)));
    }
    for (Question kind : Question.values()) {
      questions(kind, false);
      questions(kind, true);
    }
    for (EventKind kind : EventKind.values()) {
      events.put(kind, counter("events", "events received on the stream", word(kind)));
    }
    for (Violation kind : Violation.values()) {
      violations.put(kind, counter("violations", "inputs of the provider rejected", word(kind)));
    }
  }

  /** Returns the counters of one of several accounts; what it rejects counts here too. */
  public FeedMeters ofAccount(String id) {
    return id.equals(provider)
        ? this
        : accounts.computeIfAbsent(id, added -> new FeedMeters(registry, added));
  }

  /** Shows from now on whether the account is healthy. */
  public void health(BooleanSupplier now) {
    healthy = now;
    Gauge.builder(PREFIX + "healthy", () -> healthy.getAsBoolean() ? 1 : 0)
        .description("1 unless the account failed too often to be asked")
        .tag(PROVIDER, provider)
        .register(registry);
  }

  /** Counts an answer that another account should have given. */
  public void fallback(String reason) {
    Counter.builder(PREFIX + "fallbacks")
        .description("answers of an account in place of the first one")
        .tags(PROVIDER, provider, "reason", reason)
        .register(registry)
        .increment();
  }

  /** Counts a market whose streams the account carries from now on instead of another one. */
  public void streamTaken(String market) {
    Counter.builder(PREFIX + "streams.taken")
        .description("times an account took the streams of a market from another one")
        .tags(PROVIDER, provider, "market", market)
        .register(registry)
        .increment();
  }

  /** Counts a market whose quotes, as the account streams them, are trusted no more. */
  public void quotesDistrusted(String market) {
    Counter.builder(PREFIX + "quotes.distrusted")
        .description("times most of the quotes that an account streams of a market were wrong")
        .tags(PROVIDER, provider, "market", market)
        .register(registry)
        .increment();
  }

  /** Counts a frame. */
  public void frame() {
    frames.increment();
  }

  /** Counts events of a kind. */
  public void events(EventKind kind, int count) {
    if (count > 0) {
      events.get(kind).increment(count);
    }
  }

  /** Counts a rejected input. */
  public void violation(Violation kind) {
    violations.get(kind).increment();
  }

  /** Returns how many inputs were rejected so far. */
  public long violations() {
    return violations.values().stream()
            .mapToLong(counter -> (long) counter.count())
            .sum()
        + accounts.values().stream().mapToLong(FeedMeters::violations).sum();
  }

  /** Counts a connection attempt after the first. */
  public void reconnect() {
    reconnects.increment();
  }

  /** Counts a cool-down that begins. */
  public void throttle() {
    throttles.increment();
  }

  /** Counts topics refused because their connection carries as many as it may. */
  public void overBudget(int topics) {
    overBudget.increment(topics);
  }

  /** Counts a silence that should not be. */
  public void mute(Mute what) {
    mutes.get(what).increment();
  }

  /**
   * Counts a question of the hub.
   *
   * @param shared true if it is answered by what another question asked of the provider
   */
  public void question(Question kind, boolean shared) {
    questions(kind, shared).increment();
  }

  /**
   * Counts a REST request that was sent.
   *
   * @param endpoint a word for the kind of question
   * @param outcome how it ended, one word
   * @param nanos how long it took
   */
  public void request(String endpoint, String outcome, long nanos) {
    Counter.builder(PREFIX + "rest.requests")
        .description("REST requests sent to the provider")
        .tags(PROVIDER, provider, "endpoint", endpoint, "outcome", outcome)
        .register(registry)
        .increment();
    Timer.builder(PREFIX + "rest.latency")
        .description("time until the whole answer of the provider was there")
        .tags(PROVIDER, provider, "endpoint", endpoint)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Counter questions(Question kind, boolean shared) {
    return Counter.builder(PREFIX + "questions")
        .description("questions asked of ingest; shared ones cost no request of their own")
        .tags(PROVIDER, provider, KIND, word(kind), "shared", Boolean.toString(shared))
        .register(registry);
  }

  private Counter counter(String name, String description, String kind) {
    return Counter.builder(PREFIX + name)
        .description(description)
        .tags(PROVIDER, provider, KIND, kind)
        .register(registry);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
