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
 * be added to it. Many are asked for together, a moment later, for ingest gives the same answer for two seconds. Confined
 * to the hub's event loop.
 */
final class VolumeQuestions {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeQuestions.class);
  private static final Duration GATHER = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final Function<List<Instrument>, Future<List<MarketSnapshot>>> question;
  private final Predicate<Instrument> isNeeded;
  private final Consumer<MarketSnapshot> told;
  private Set<Instrument> gathered = new LinkedHashSet<>();

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
    if (needed.isEmpty()) {
      return;
    }
    question.apply(needed).onSuccess(answers -> answers.forEach(told)).onFailure(cause -> {
      LOG.debug("no volumes [symbols: {}]", needed.size(), cause);
      scheduler.after(AGAIN, () -> ask(batch));
    });
  }
}
