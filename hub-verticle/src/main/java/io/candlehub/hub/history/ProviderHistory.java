package io.candlehub.hub.history;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IngestLink;
import io.candlehub.hub.candle.AnswerWorth;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Origin;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The provider's history, asked through ingest. Knows whether the provider throttles us. Confined to the hub's event
 * loop.
 */
public final class ProviderHistory {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Why the first provider was not asked anything, and not only this. */
  private static final String AWAY = "unhealthy";

  /** A provider that fails for some instruments alone comes and goes all the time. */
  private static final long RETURN_PAUSE_MILLIS = 300_000;

  private final IngestLink ingest;
  private final MarketClock marketClock;
  private final InstantSource wallClock;
  private final String owner = UUID.randomUUID().toString();
  private final Map<Instrument, Set<String>> tickets = new HashMap<>();
  private Runnable throttleListener = () -> {};
  private long questions;
  private boolean away;
  private boolean cameBack;
  private long returns;
  private long returnsFromMillis = Long.MIN_VALUE;
  private long throttledUntilMillis;

  /** Creates the client; requests go to {@link Addresses#INGEST_HISTORY}. */
  public ProviderHistory(IngestLink ingest, MarketClock marketClock, InstantSource wallClock) {
    this.ingest = ingest;
    this.marketClock = marketClock;
    this.wallClock = wallClock;
  }

  /** How urgent a question is; ingest spends its request budget in this order. */
  public enum Priority {
    /** Somebody waits for a chart. */
    CHART("chart"),
    /** A hole or an unconfirmed minute of a chart. */
    GAP("gap"),
    /** A reader of the past. */
    READER("reader"),
    /** Loading ahead of demand. */
    WARM("warm");

    private final String wireName;

    Priority(String wireName) {
      this.wireName = wireName;
    }
  }

  /** Sets what is called when the provider begins to throttle. */
  public void onThrottle(Runnable listener) {
    throttleListener = listener;
  }

  /**
   * Returns how often the first provider answered again after it had been unhealthy, for others to ask it sooner. It grows
   * at most once in five minutes of wall time.
   */
  public long returns() {
    long now = wallClock.millis();
    if (cameBack && now >= returnsFromMillis) {
      cameBack = false;
      returns++;
      returnsFromMillis = now + RETURN_PAUSE_MILLIS;
    }
    return returns;
  }

  /** Returns how long the provider will throttle us still, in wall milliseconds; 0 if it does not. */
  public long cooldownMillis() {
    return Math.max(0, throttledUntilMillis - wallClock.millis());
  }

  /**
   * Asks for all bars of a range.
   *
   * @param unit second, minute or day
   * @param delayMillis how far the provider's data lag by plan; the answer's time is reduced by it
   * @return the answer; fails with the codes of the common vocabulary
   */
  public Future<HistoryPart> ask(
      Instrument instrument, String unit, Range range, Priority priority, long delayMillis) {
    long sentMillis = marketClock.millis();
    JsonObject question = new JsonObject()
        .put("symbol", instrument.symbol())
        .put("unit", unit)
        .put("from", range.fromMillis())
        .put("to", range.toMillis())
        .put("priority", priority.wireName);
    String ticket = owner + "-" + questions++;
    if (priority.compareTo(Priority.READER) < 0) {
      tickets.computeIfAbsent(instrument, key -> new HashSet<>()).add(ticket);
      question.put("ticket", ticket);
    }
    return ingest
        .<BarBlock>request(Addresses.INGEST_HISTORY, question, TIMEOUT)
        .onComplete(answered -> returned(instrument, ticket))
        .map(answer -> new HistoryPart(
            answer.body().between(range.fromMillis(), range.toMillis()),
            range.fromMillis(),
            range.toMillis(),
            askedAt(answer, sentMillis) - delayMillis,
            BarSource.BACKFILL,
            worth(answer.headers())))
        .recover(failure -> Future.failedFuture(noted(FailureException.of(failure))));
  }

  private void returned(Instrument instrument, String ticket) {
    tickets.computeIfPresent(instrument, (key, open) -> {
      open.remove(ticket);
      return open.isEmpty() ? null : open;
    });
  }

  /** Gives up the questions in flight for an instrument's charts; they fail, and ingest drops what nobody else wants. */
  public void abandon(Instrument instrument) {
    tickets.getOrDefault(instrument, Set.of()).forEach(ingest::callOff);
  }

  /** Bars of a kind that the first provider does not have are no worse for coming from another one. */
  private AnswerWorth worth(MultiMap told) {
    String reason = told.get("fallbackReason");
    if (AWAY.equals(reason)) {
      away = true;
    } else if (reason == null && away) {
      away = false;
      cameBack = true;
    }
    if (reason == null || reason.equals("unsupported")) {
      return told.contains("doubted") ? AnswerWorth.DOUBTED : AnswerWorth.WHOLE;
    }
    String source = Objects.requireNonNullElse(told.get("source"), "");
    return AnswerWorth.toldBy(new Origin(source, reason));
  }

  private static long askedAt(Message<?> answer, long sentMillis) {
    String header = answer.headers().get("askedAt");
    try {
      return header == null ? sentMillis : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return sentMillis;
    }
  }

  private FailureException noted(FailureException failure) {
    if (failure.code() == Failure.RATE_LIMITED && failure.retryAfterMillis() > 0) {
      throttledUntilMillis =
          Math.max(throttledUntilMillis, wallClock.millis() + failure.retryAfterMillis());
      throttleListener.run();
    }
    return failure;
  }
}
