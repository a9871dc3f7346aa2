package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.Backoff;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider for what was before an instrument's first tick. What it could not say now is asked for again, many
 * together and less and less often, as long as somebody wants it. Confined to the hub's event loop.
 */
final class FirstQuestions {
  private static final Logger LOG = LoggerFactory.getLogger(FirstQuestions.class);
  private static final int AT_ONCE = 250;

  private final Scheduler scheduler;
  private final Backoff backoff;
  private final Function<List<Instrument>, Future<List<MarketSnapshot>>> question;
  private final Reader reader;
  private Set<Instrument> owed = new LinkedHashSet<>();

  /** Takes what became of questions. */
  interface Reader extends Predicate<Instrument> {
    /** Says whether an instrument's answer is still wanted. */
    @Override
    boolean test(Instrument instrument);

    /** Takes what the provider said of an instrument; nothing if it knows nothing of it or will not say. */
    void told(Instrument instrument, List<MarketSnapshot> answers);

    /** Takes note that the provider could not say now, and will be asked again. */
    void failed(Instrument instrument);
  }

  FirstQuestions(
      Scheduler scheduler,
      Backoff backoff,
      Function<List<Instrument>, Future<List<MarketSnapshot>>> question,
      Reader reader) {
    this.scheduler = scheduler;
    this.backoff = backoff;
    this.question = question;
    this.reader = reader;
  }

  /** Asks for an instrument. */
  void ask(Instrument instrument) {
    ask(List.of(instrument));
  }

  private void ask(List<Instrument> part) {
    question
        .apply(part)
        .onSuccess(answers -> {
          backoff.reset();
          part.forEach(instrument -> reader.told(
              instrument,
              answers.stream()
                  .filter(answer -> answer.instrument().equals(instrument))
                  .toList()));
        })
        .onFailure(cause -> failed(part, FailureException.of(cause)));
  }

  private void failed(List<Instrument> part, FailureException cause) {
    LOG.debug("no first quotes [symbols: {}]", part, cause);
    if (cause.code().isRetryable()) {
      part.forEach(reader::failed);
      again(part, cause.retryAfterMillis());
    } else if (part.size() > 1) {
      part.forEach(this::ask);
    } else {
      reader.told(part.get(0), List.of());
    }
  }

  private void again(List<Instrument> part, long hintMillis) {
    if (owed.isEmpty()) {
      scheduler.after(backoff.failed(hintMillis), () -> {
        List<Instrument> needed = owed.stream().filter(reader).toList();
        owed = new LinkedHashSet<>();
        for (int from = 0; from < needed.size(); from += AT_ONCE) {
          ask(needed.subList(from, Math.min(needed.size(), from + AT_ONCE)));
        }
      });
    }
    owed.addAll(part);
  }
}
