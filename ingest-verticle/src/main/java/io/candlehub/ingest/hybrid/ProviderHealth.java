package io.candlehub.ingest.hybrid;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How well an account answers, as {@link Outcome} sorts what comes of its questions. Three errors in a row make it
 * unhealthy: it is not asked while another one is, but for one probe after a pause that grows from 5 to 60 seconds. Any
 * answer makes it healthy again. Times are wall time. Confined to one event loop.
 */
final class ProviderHealth {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderHealth.class);
  private static final int MOST_ERRORS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final String id;
  private final LongSupplier nanoClock;
  private final ResponseTimes times = new ResponseTimes();
  private int errorsInARow;
  private Optional<Failure> lastError = Optional.empty();
  private long lastErrorNanos;
  private boolean unhealthy;
  private boolean probing;
  private Duration pause = FIRST_PAUSE;
  private long probeAtNanos;
  private long busyUntilNanos;

  ProviderHealth(String id, LongSupplier nanoClock) {
    this.id = id;
    this.nanoClock = nanoClock;
    this.busyUntilNanos = nanoClock.getAsLong();
  }

  /**
   * What comes of a question, and what it says of the account:
   *
   * <table>
   * <caption>Outcomes</caption>
   * <tr><th>outcome</th><th>counts as</th><th>because</th></tr>
   * <tr><td>an answer, empty or not</td><td>answer</td><td></td></tr>
   * <tr><td>{@code UNKNOWN_INSTRUMENT}, {@code CONTRACT_NOT_FOUND}, {@code NO_DATA}</td><td>answer</td>
   *     <td>the account was asked and knows no such thing</td></tr>
   * <tr><td>{@code PROVIDER_ERROR}, {@code INTERNAL}</td><td>error</td>
   *     <td>it answers wrongly, with an error or not at all, refuses the key, or was misunderstood</td></tr>
   * <tr><td>{@code RATE_LIMITED}</td><td>patience</td><td>it is busy, neither well nor ill</td></tr>
   * <tr><td>{@code NOT_ENTITLED}</td><td>nothing</td>
   *     <td>its front desk refuses; whether the rest works it does not say</td></tr>
   * <tr><td>{@code UNSUPPORTED}, {@code INVALID_PARAMETER}</td><td>nothing</td><td>refused here, without a request</td></tr>
   * <tr><td>{@code UNAVAILABLE}</td><td>nothing</td><td>called off, or never sent</td></tr>
   * <tr><td>all others</td><td>nothing</td><td>no provider answers so</td></tr>
   * </table>
   */
  enum Outcome {
    ANSWER,
    ERROR,
    PATIENCE,
    NOTHING;

    static Outcome of(Failure code) {
      return switch (code) {
        case UNKNOWN_INSTRUMENT, CONTRACT_NOT_FOUND, NO_DATA -> ANSWER;
        case PROVIDER_ERROR, INTERNAL -> ERROR;
        case RATE_LIMITED -> PATIENCE;
        case NOT_ENTITLED, UNSUPPORTED, INVALID_PARAMETER, UNAVAILABLE -> NOTHING;
        case UNAUTHENTICATED, TOKEN_EXPIRED, FORBIDDEN, TOO_LARGE, LIMIT_EXCEEDED -> NOTHING;
        case ALL_PROVIDERS_FAILED, SLOW_CLIENT, SHUTTING_DOWN -> NOTHING;
      };
    }
  }

  /** One question on its way. */
  final class Attempt {
    private final long sentNanos = nanoClock.getAsLong();
    private final boolean probe = unhealthy && mayAsk();

    private Attempt() {
      probing |= probe;
    }

    /** The provider answered. */
    void answered() {
      end();
      times.add(nanoClock.getAsLong() - sentNanos);
      errorsInARow = 0;
      if (unhealthy) {
        unhealthy = false;
        pause = FIRST_PAUSE;
        LOG.info("provider answers again [provider: {}]", id);
      }
    }

    /** There is no answer. */
    void failed(FailureException failure) {
      switch (Outcome.of(failure.code())) {
        case ANSWER -> answered();
        case ERROR -> error(failure.code());
        case PATIENCE -> busy(failure.retryAfterMillis());
        case NOTHING -> end();
      }
    }

    private void busy(long millis) {
      end();
      busyUntilNanos = nanoClock.getAsLong() + Duration.ofMillis(millis).toNanos();
    }

    private void error(Failure code) {
      end();
      long now = nanoClock.getAsLong();
      errorsInARow++;
      lastError = Optional.of(code);
      lastErrorNanos = now;
      if (!unhealthy && errorsInARow >= MOST_ERRORS) {
        unhealthy = true;
        probeAtNanos = now + pause.toNanos();
        LOG.warn("provider is unhealthy [provider: {}, lastError: {}]", id, code);
      } else if (probe) {
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        probeAtNanos = now + pause.toNanos();
      }
    }

    private void end() {
      if (probe) {
        probing = false;
      }
    }
  }

  /** Takes note that it is being asked. */
  Attempt asked() {
    return new Attempt();
  }

  /** Returns true unless it failed too often. */
  boolean isHealthy() {
    return !unhealthy;
  }

  /** Returns true if it is healthy, or it is time to try it. */
  boolean mayAsk() {
    return !unhealthy || (!probing && nanoClock.getAsLong() - probeAtNanos >= 0);
  }

  int errorsInARow() {
    return errorsInARow;
  }

  /** Returns the last error's code, or empty. */
  Optional<Failure> lastError() {
    return lastError;
  }

  /** Returns how long ago the last error was; without meaning if there was none. */
  long lastErrorMillisAgo() {
    return millis(nanoClock.getAsLong() - lastErrorNanos);
  }

  /** Returns how long it still asks us for patience, 0 if it does not. */
  long busyMillis() {
    return Math.max(0, millis(busyUntilNanos - nanoClock.getAsLong()));
  }

  ResponseTimes times() {
    return times;
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
