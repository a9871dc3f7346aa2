package io.candlehub.hub;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again for the day's volume of instruments whose stream began or was interrupted: what is traded from then on can
 * be added to it. Many are asked for together, a moment later, for ingest gives the same answer for two seconds; what is not
 * told is asked for again after a minute, as long as it is needed. Confined to the hub's event loop.
 */
final class VolumeQuestions {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeQuestions.class);
  private static final Duration GATHER = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(60);
  private static final int AT_ONCE = 250;

  private final Scheduler scheduler;
  private final Function<List<Instrument>, Future<List<MarketSnapshot>>> question;
  private final Predicate<Instrument> isNeeded;
  private final Consumer<MarketSnapshot> told;
  private Set<Instrument> gathered = new LinkedHashSet<>();
  private Set<Instrument> owed = new LinkedHashSet<>();

  /**
   * Creates one that nothing is asked of.
   *
   * @param isNeeded says when an instrument is about to be asked for whether it still has to be
   * @param told takes the answers
   */
  VolumeQuestions(
      Scheduler scheduler,
      Function<List<Instrument>, Future<List<MarketSnapshot>>> question,
      Predicate<Instrument> isNeeded,
      Consumer<MarketSnapshot> told) {
    this.scheduler = scheduler;
    this.question = question;
    this.isNeeded = isNeeded;
    this.told = told;
  }

  /** Asks for an instrument soon, if that is still needed then. */
  void soon(Instrument instrument) {
    if (gathered.isEmpty()) {
      scheduler.after(GATHER, () -> {
        Set<Instrument> batch = gathered;
        gathered = new LinkedHashSet<>();
        scheduler.after(PATIENCE, () -> ask(batch));
      });
    }
    gathered.add(instrument);
  }

  private void ask(Set<Instrument> batch) {
    List<Instrument> needed = batch.stream().filter(isNeeded).toList();
    for (int from = 0; from < needed.size(); from += AT_ONCE) {
      ask(needed.subList(from, Math.min(needed.size(), from + AT_ONCE)));
    }
  }

  private void ask(List<Instrument> part) {
    question
        .apply(part)
        .onSuccess(answers -> {
          answers.forEach(told);
          again(part.stream().filter(isNeeded).toList());
        })
        .onFailure(cause -> {
          LOG.debug("no volumes [symbols: {}]", part.size(), cause);
          again(part);
        });
  }

  /** What was not told is asked for again together, however many questions there were meanwhile. */
  private void again(List<Instrument> instruments) {
    if (owed.isEmpty() && !instruments.isEmpty()) {
      scheduler.after(AGAIN, () -> {
        Set<Instrument> batch = owed;
        owed = new LinkedHashSet<>();
        ask(batch);
      });
    }
    owed.addAll(instruments);
  }
}
