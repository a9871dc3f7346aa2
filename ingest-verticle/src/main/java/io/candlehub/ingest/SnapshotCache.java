package io.candlehub.ingest;

import io.candlehub.ingest.FeedMeters.Question;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Scheduler;
import io.candlehub.model.Snapshots;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Lets all who ask for the present values of instruments share few requests: what was answered counts for two seconds of
 * wall time, what is asked for already is waited for, and what is asked for within a few milliseconds goes into one
 * request of at most 250 instruments. Failures are not kept, nor is what is doubted. Confined to one event loop.
 */
final class SnapshotCache {
  private static final long KEPT_NANOS = Duration.ofSeconds(2).toNanos();
  private static final Duration GATHER = Duration.ofMillis(5);
  private static final int MOST_PER_REQUEST = 250;

  private final BiFunction<List<Instrument>, Priority, Future<Snapshots>> provider;
  private final LongSupplier nanoClock;
  private final Scheduler scheduler;
  private final FeedMeters meters;
  private final Map<Instrument, Kept> kept = new LinkedHashMap<>();
  private final Map<Instrument, Wanted> open = new LinkedHashMap<>();
  private boolean gathering;

  /**
   * Creates an empty cache.
   *
   * @param provider asks the provider for several instruments
   */
  SnapshotCache(
      BiFunction<List<Instrument>, Priority, Future<Snapshots>> provider,
      LongSupplier nanoClock,
      Scheduler scheduler,
      FeedMeters meters) {
    this.provider = provider;
    this.nanoClock = nanoClock;
    this.scheduler = scheduler;
    this.meters = meters;
  }

  /**
   * Returns what is known of instruments, in the order asked; those of which the provider knows nothing are left out.
   * Fails if a request that one of them needs fails.
   */
  Future<Snapshots> ask(List<Instrument> instruments, Priority priority) {
    dropOld();
    List<Future<Answer>> answers = new ArrayList<>(instruments.size());
    for (Instrument instrument : instruments) {
      answers.add(ask(instrument, priority));
    }
    return Future.all(answers).map(all -> together(all.list()));
  }

  private static Snapshots together(List<Answer> answers) {
    return new Snapshots(
        answers.stream().flatMap(each -> each.snapshot.stream()).toList(),
        answers.stream()
            .filter(each -> each.doubted)
            .map(each -> each.instrument)
            .collect(Collectors.toSet()));
  }

  private Future<Answer> ask(Instrument instrument, Priority priority) {
    Kept young = kept.get(instrument);
    Wanted wanted = open.get(instrument);
    meters.question(Question.SNAPSHOTS, young != null || wanted != null);
    if (young != null) {
      return Future.succeededFuture(young.answer);
    }
    if (wanted == null) {
      wanted = new Wanted(instrument, priority);
      open.put(instrument, wanted);
      gather();
    } else if (priority.compareTo(wanted.priority) < 0) {
      wanted.priority = priority;
    }
    return wanted.answer.future();
  }

  private void dropOld() {
    long now = nanoClock.getAsLong();
    kept.values().removeIf(each -> now - each.atNanos >= KEPT_NANOS);
  }

  private void gather() {
    if (!gathering) {
      gathering = true;
      scheduler.after(GATHER, () -> {
        gathering = false;
        depart();
      });
    }
  }

  private void depart() {
    List<Wanted> waiting = open.values().stream()
        .filter(each -> !each.departed)
        .sorted(Comparator.comparing(each -> each.priority))
        .toList();
    for (int from = 0; from < waiting.size(); from += MOST_PER_REQUEST) {
      request(waiting.subList(from, Math.min(waiting.size(), from + MOST_PER_REQUEST)));
    }
  }

  private void request(List<Wanted> batch) {
    batch.forEach(each -> each.departed = true);
    List<Instrument> instruments = batch.stream().map(each -> each.instrument).toList();
    Future.succeededFuture()
        .compose(now -> provider.apply(instruments, batch.get(0).priority))
        .onSuccess(found -> answered(batch, found))
        .onFailure(failure -> batch.forEach(each -> {
          open.remove(each.instrument);
          each.answer.fail(failure);
        }));
  }

  private void answered(List<Wanted> batch, Snapshots found) {
    Map<Instrument, MarketSnapshot> byInstrument = new HashMap<>();
    found.told().forEach(each -> byInstrument.put(each.instrument(), each));
    long now = nanoClock.getAsLong();
    Map<Wanted, Answer> answers = new LinkedHashMap<>();
    for (Wanted each : batch) {
      Answer answer = new Answer(
          each.instrument,
          Optional.ofNullable(byInstrument.get(each.instrument)),
          found.doubted().contains(each.instrument));
      if (!answer.doubted) {
        kept.put(each.instrument, new Kept(answer, now));
      }
      open.remove(each.instrument);
      answers.put(each, answer);
    }
    answers.forEach((each, answer) -> each.answer.complete(answer));
  }

  private record Answer(
      Instrument instrument, Optional<MarketSnapshot> snapshot, boolean doubted) {}

  private record Kept(Answer answer, long atNanos) {}

  private static final class Wanted {
    private final Instrument instrument;
    private final Promise<Answer> answer = Promise.promise();
    private Priority priority;
    private boolean departed;

    Wanted(Instrument instrument, Priority priority) {
      this.instrument = instrument;
      this.priority = priority;
    }
  }
}
