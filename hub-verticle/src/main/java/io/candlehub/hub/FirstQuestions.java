package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.Backoff;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Snapshots;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider for what was before an instrument's first tick. What it could not say now is asked for again, many
 * together and less and less often, as long as somebody wants it: after a failure within seconds, and what is doubted, for
 * one provider knows nothing of it and another one could not say, after minutes ({@link Doubts}). Confined to the hub's event
 * loop.
 */
final class FirstQuestions {
  private static final Logger LOG = LoggerFactory.getLogger(FirstQuestions.class);
  private static final int AT_ONCE = 250;

  private final SeriesParts parts;
  private final Backoff backoff;
  private final Function<List<Instrument>, Future<Snapshots>> question;
  private final Reader reader;
  private final Doubts doubts;
  private Set<Instrument> owed = new LinkedHashSet<>();

  /** Takes what became of questions. */
  interface Reader extends Predicate<Instrument> {
    /** Says whether an instrument's answer is still wanted. */
    @Override
    boolean test(Instrument instrument);

    /** Takes what the provider said of an instrument; nothing if it knows nothing of it or will not say. */
    void told(Instrument instrument, Optional<MarketSnapshot> answer);

    /** Takes note that the provider could not say now, and will be asked again. */
    void failed(Instrument instrument);
  }

  FirstQuestions(
      SeriesParts parts, Function<List<Instrument>, Future<Snapshots>> question, Reader reader) {
    this.parts = parts;
    this.backoff = new Backoff(parts.random());
    this.question = question;
    this.reader = reader;
    doubts = new Doubts(parts.scheduler(), parts.provider()::returns, this::onDue);
  }

  /** Asks for an instrument. */
  void ask(Instrument instrument) {
    doubts.remove(instrument);
    ask(List.of(instrument));
  }

  private void ask(List<Instrument> part) {
    question
        .apply(part)
        .onSuccess(answer -> {
          backoff.reset();
          part.forEach(instrument -> take(instrument, answer));
        })
        .onFailure(cause -> failed(part, FailureException.of(cause)));
  }

  private void take(Instrument instrument, Snapshots answer) {
    if (answer.doubted().contains(instrument)) {
      doubts.add(instrument);
      reader.failed(instrument);
    } else {
      doubts.remove(instrument);
      reader.told(instrument, answer.find(instrument));
    }
  }

  private void failed(List<Instrument> part, FailureException cause) {
    LOG.debug("no first quotes [symbols: {}]", part, cause);
    if (cause.code().isRetryable()) {
      part.forEach(reader::failed);
      again(part, cause.retryAfterMillis());
    } else if (part.size() > 1) {
      part.forEach(each -> ask(List.of(each)));
    } else {
      doubts.remove(part.get(0));
      reader.told(part.get(0), Optional.empty());
    }
  }

  private void again(List<Instrument> part, long hintMillis) {
    if (owed.isEmpty()) {
      parts.scheduler().after(backoff.failed(hintMillis), () -> {
        List<Instrument> needed = owed.stream().filter(reader).toList();
        owed = new LinkedHashSet<>();
        askTogether(needed);
      });
    }
    owed.addAll(part);
  }

  private void askTogether(List<Instrument> needed) {
    for (int from = 0; from < needed.size(); from += AT_ONCE) {
      ask(needed.subList(from, Math.min(needed.size(), from + AT_ONCE)));
    }
  }

  /** What failed since is asked for by itself. */
  private void onDue(List<Instrument> due) {
    doubts.remove(reader.negate());
    askTogether(due.stream()
        .filter(instrument -> reader.test(instrument) && !owed.contains(instrument))
        .toList());
  }
}
