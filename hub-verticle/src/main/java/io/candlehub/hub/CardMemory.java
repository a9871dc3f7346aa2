package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.ReferenceData;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was told of instruments last, and which of those that nobody tells anything of do not exist. That a ticker does not
 * exist is asked for a few at a time, and remembered for a market hour: a reading tells by itself when there is something of
 * it. Confined to the hub's event loop.
 */
final class CardMemory {
  private static final int MOST = 5_000;
  private static final int MOST_ASKED = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final long KEEP_ABSENT_MILLIS = Duration.ofHours(1).toMillis();
  private static final long KEEP_PRESENT_MILLIS = Duration.ofMinutes(1).toMillis();

  private final ReferenceData reference;
  private final Scheduler scheduler;
  private final LongSupplier marketMillis;
  private final Map<Instrument, MarketSnapshot> told = bounded();
  private final Map<Instrument, Verdict> verdicts = bounded();

  private record Verdict(Optional<FailureException> refusal, long untilMillis) {}

  CardMemory(ReferenceData reference, Scheduler scheduler, LongSupplier marketMillis) {
    this.reference = reference;
    this.scheduler = scheduler;
    this.marketMillis = marketMillis;
  }

  private static <V> Map<Instrument, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Instrument, V> eldest) {
        return size() > MOST;
      }
    };
  }

  /** Takes what was told. */
  void take(Collection<MarketSnapshot> snapshots) {
    for (MarketSnapshot snapshot : snapshots) {
      told.put(snapshot.instrument(), snapshot);
      verdicts.remove(snapshot.instrument());
    }
  }

  /** Returns what was told of an instrument last. */
  Optional<MarketSnapshot> last(Instrument instrument) {
    return Optional.ofNullable(told.get(instrument));
  }

  /** Finds out which instruments do not exist, as far as that is known soon; it never fails. */
  Future<Void> judge(Collection<Instrument> untold) {
    List<Future<Void>> asked = untold.stream()
        .filter(instrument -> verdict(instrument).isEmpty())
        .limit(MOST_ASKED)
        .map(this::ask)
        .toList();
    Promise<Void> answer = Promise.promise();
    Scheduler.Cancellable limit = scheduler.after(PATIENCE, answer::tryComplete);
    Future.join(asked).onComplete(done -> {
      limit.cancel();
      answer.tryComplete();
    });
    return answer.future();
  }

  private Future<Void> ask(Instrument instrument) {
    return reference.check(instrument).transform(checked -> {
      Optional<FailureException> refusal =
          Optional.ofNullable(checked.cause()).map(FailureException::of);
      long keepMillis = refusal.isEmpty() ? KEEP_PRESENT_MILLIS : KEEP_ABSENT_MILLIS;
      verdicts.put(instrument, new Verdict(refusal, marketMillis.getAsLong() + keepMillis));
      return Future.succeededFuture();
    });
  }

  private Optional<Verdict> verdict(Instrument instrument) {
    return Optional.ofNullable(verdicts.get(instrument))
        .filter(verdict -> marketMillis.getAsLong() < verdict.untilMillis);
  }

  /** Returns why nothing is told of an instrument. */
  FailureException reason(Instrument instrument) {
    return verdict(instrument)
        .flatMap(Verdict::refusal)
        .orElseGet(() -> Failure.NO_DATA.because("no data of " + instrument.symbol()));
  }
}
