package io.candlehub.ingest.hybrid;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What accounts that were asked the same failed with, and what follows. Confined to one event loop. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Set<Failure> DEFINITE =
      Set.of(Failure.UNKNOWN_INSTRUMENT, Failure.CONTRACT_NOT_FOUND, Failure.NO_DATA);

  private final Set<String> failing = new HashSet<>();

  /** Returns true if the provider says that there is no such thing. */
  static boolean isDefinite(FailureException failure) {
    return DEFINITE.contains(failure.code());
  }

  /** Takes note that something was answered. */
  void answered(String what) {
    failing.remove(what);
  }

  /**
   * Returns the failure of a question that nobody answered. That something does not exist counts most; what one account
   * does not offer counts only if no other one does. One that was not asked because its budget of requests is spent did
   * not fail and might have known: then that goes on, {@code UNAVAILABLE}. If all that could be asked failed, {@code
   * ALL_PROVIDERS_FAILED} goes on. Causes of several go to the log, once until the same is answered.
   *
   * @param causes by account, in the order they were asked
   */
  FailureException together(String what, Map<String, FailureException> causes) {
    List<FailureException> definite =
        causes.values().stream().filter(Failures::isDefinite).toList();
    if (!definite.isEmpty()) {
      return definite.get(0);
    }
    Map<String, FailureException> able = new LinkedHashMap<>(causes);
    able.values().removeIf(cause -> cause.code() == Failure.UNSUPPORTED);
    if (able.isEmpty()) {
      return causes.values().stream()
          .findFirst()
          .orElseGet(() -> Failure.UNSUPPORTED.because("not available"));
    }
    if (able.size() == 1) {
      return able.values().iterator().next();
    }
    return able.values().stream().anyMatch(Failures::isUnasked)
        ? unasked(what, able)
        : all(what, able);
  }

  private static boolean isUnasked(FailureException failure) {
    return failure.code() == Failure.UNAVAILABLE;
  }

  private FailureException unasked(String what, Map<String, FailureException> causes) {
    log("not answered, and not every provider could be asked", what, causes);
    return Failure.UNAVAILABLE.because("too many requests to the providers", soonest(causes));
  }

  private FailureException all(String what, Map<String, FailureException> causes) {
    long retryAfter = soonest(causes);
    Set<Failure> codes =
        causes.values().stream().map(FailureException::code).collect(Collectors.toSet());
    if (codes.equals(Set.of(Failure.RATE_LIMITED))) {
      return Failure.RATE_LIMITED.because("all providers asked us to slow down", retryAfter);
    }
    if (codes.equals(Set.of(Failure.NOT_ENTITLED))) {
      return Failure.NOT_ENTITLED.because("no provider's plan includes this");
    }
    log("all providers failed", what, causes);
    return Failure.ALL_PROVIDERS_FAILED.because("every provider failed", retryAfter);
  }

  private static long soonest(Map<String, FailureException> causes) {
    return causes.values().stream()
        .mapToLong(FailureException::retryAfterMillis)
        .filter(millis -> millis > 0)
        .min()
        .orElse(0);
  }

  /** The messages of these failures are fit for clients, so they hold neither keys nor a provider's words. */
  private void log(String outcome, String what, Map<String, FailureException> causes) {
    if (failing.add(what)) {
      String told = causes.entrySet().stream()
          .map(cause -> cause.getKey() + ": " + cause.getValue().code() + " "
              + cause.getValue().getMessage())
          .collect(Collectors.joining("; "));
      LOG.warn("{} [question: {}, causes: {}]", outcome, what, told);
    }
  }
}
