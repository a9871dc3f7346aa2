package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.IngestLink;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionPhase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the provider says about the US market, asked every half minute: it knows of closures that no calendar foresees.
 * An answer counts for a minute and a half and only as long as the calendar's phase has not changed since, so that a
 * session's begin and end are noticed at once. Confined to the hub's event loop.
 */
final class ProviderStatus {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderStatus.class);
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final Duration SECOND_TRY = Duration.ofSeconds(2);
  private static final Duration USED_FOR = Duration.ofSeconds(90);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final IngestLink ingest;
  private final MarketClock clock;
  private final Scheduler scheduler;
  private Scheduler.Cancellable next = () -> {};
  private Scheduler.Cancellable expiry = () -> {};
  private Optional<SessionPhase> said = Optional.empty();
  private SessionPhase calendarWhenSaid = SessionPhase.CLOSED;
  private int failures;
  private boolean stopped;

  ProviderStatus(IngestLink ingest, MarketClock clock, Scheduler scheduler) {
    this.ingest = ingest;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** Says what the calendar says at an instant. */
  @FunctionalInterface
  interface CalendarPhase {
    SessionPhase at(long marketMillis);
  }

  /** Begins to ask. */
  void start(CalendarPhase calendar) {
    ask(calendar);
    next = scheduler.after(PERIOD, () -> start(calendar));
  }

  void stop() {
    stopped = true;
    next.cancel();
    expiry.cancel();
  }

  private void ask(CalendarPhase calendar) {
    ingest
        .<JsonObject>request(Addresses.INGEST_MARKET_STATUS, new JsonObject(), TIMEOUT)
        .onSuccess(answer -> {
          failures = 0;
          long askedAt = answer.body().getLong("askedAt", clock.millis());
          answered(phase(answer.body()), calendar.at(askedAt));
        })
        .onFailure(failure -> {
          failures++;
          if (failures == 1 && !stopped) {
            next.cancel();
            next = scheduler.after(SECOND_TRY, () -> start(calendar));
          } else if (failures == 2) {
            LOG.info(
                "the provider's market status is not known [reason: {}]", failure.getMessage());
          }
        });
  }

  private void answered(Optional<SessionPhase> phase, SessionPhase calendarPhase) {
    if (phase.isPresent() && phase.get() != calendarPhase && !phase.equals(said)) {
      LOG.warn(
          "the provider's market status differs from the calendar [says: {}, calendar: {}]",
          phase.get().wireName(),
          calendarPhase.wireName());
    }
    said = phase;
    calendarWhenSaid = calendarPhase;
    expiry.cancel();
    expiry = scheduler.after(USED_FOR, () -> said = Optional.empty());
  }

  /** The documented words are open, closed and extended-hours, the latter told apart by two flags. */
  private static Optional<SessionPhase> phase(JsonObject status) {
    return switch (status.getString("market", "")) {
      case "open" -> Optional.of(SessionPhase.OPEN);
      case "closed" -> Optional.of(SessionPhase.CLOSED);
      case "extended-hours" -> extended(status);
      default -> Optional.empty();
    };
  }

  private static Optional<SessionPhase> extended(JsonObject status) {
    if (status.getBoolean("earlyHours", false)) {
      return Optional.of(SessionPhase.PRE);
    }
    return status.getBoolean("afterHours", false)
        ? Optional.of(SessionPhase.POST)
        : Optional.empty();
  }

  /** Returns the phase: the provider's if it is known and the calendar's has not changed since, else the calendar's. */
  SessionPhase phase(SessionPhase calendarPhase) {
    return calendarPhase == calendarWhenSaid ? said.orElse(calendarPhase) : calendarPhase;
  }
}
