package io.candlehub.hub.chain;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.chain.OptionSource.Urgency;
import io.candlehub.hub.history.Backoff;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How well one expiration of a chain is known: whether, from whom and since when. Asks store and provider, one question
 * at a time, and again and again while somebody looks.
 *
 * <p>A question under way is called off when the last one who looked has gone, unless a reader asked for it too: nobody
 * tells whether a reader is there still, and one who was shown something older, or told to come again, finds the answer when it
 * comes again. Who comes back in a moment joins it; whoever asks after that begins a new question at once. Confined to the
 * hub's event loop.
 */
final class ChainSheet {
  private static final Logger LOG = LoggerFactory.getLogger(ChainSheet.class);
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(60);

  private final ChainParts parts;
  private final Instrument underlying;
  private final LocalDate date;
  private final Taker taker;
  private final Backoff backoff;
  private Promise<Void> answer = Promise.promise();

  /** How the newest question ended: true if it was answered, false if it was called off. */
  private Promise<Boolean> outcome = Promise.promise();

  private List<Future<Void>> restored = List.of();
  private Scheduler.Cancellable next = () -> {};
  private Scheduler.Cancellable release = () -> {};
  private boolean known;
  private boolean stored;
  private boolean failed;
  private boolean viewed;
  private boolean asking;
  private boolean read;
  private long questions;
  private int contracts;
  private long askedMillis;
  private long toldAtMillis;
  private long againMillis;
  private long writtenMillis;
  private long usedMillis;

  /** Takes what is known of the expiration. */
  interface Taker {
    /** Takes a provider's answer, which has all contracts. */
    void told(ChainSnapshot snapshot);

    /** Takes what the store has kept, before any answer. */
    void kept(ChainSnapshot snapshot);
  }

  /** Creates a sheet of which nothing is known. */
  ChainSheet(ChainParts parts, Instrument underlying, LocalDate date, Taker taker) {
    this.parts = parts;
    this.underlying = underlying;
    this.date = date;
    this.taker = taker;
    backoff = new Backoff(parts.random());
    used();
  }

  LocalDate date() {
    return date;
  }

  /** Returns true if the contracts of the whole expiration are known, however old. */
  boolean isKnown() {
    return known;
  }

  /** Returns true if the provider's last answer counts still. */
  boolean isCurrent() {
    return isCurrent(Freshness.read(contracts, parts.closed().test(underlying)));
  }

  /** Returns true if the provider's last answer is at most so old. */
  boolean isCurrent(Duration age) {
    return known && !stored && !failed && ageMillis() <= age.toMillis();
  }

  /** Returns the wall time of the provider's last answer, epoch millis; 0 if there was none. */
  long askedMillis() {
    return askedMillis;
  }

  private long ageMillis() {
    return parts.wallClock().millis() - askedMillis;
  }

  boolean isViewed() {
    return viewed;
  }

  /** Returns true if the provider is being asked. */
  boolean isAsked() {
    return asking;
  }

  void used() {
    usedMillis = parts.wallClock().millis();
  }

  /** Returns true if nobody has asked for it for long. */
  boolean isUnused() {
    return !viewed && parts.wallClock().millis() - usedMillis > Freshness.UNUSED.toMillis();
  }

  /** Returns when the expiration is as well known as a reader may expect; fails if nothing is known. */
  Future<Void> ready() {
    used();
    if (isCurrent() || (known && isWaiting())) {
      return Future.succeededFuture();
    }
    return soon(read());
  }

  /** Asks the provider for a reader. */
  private Future<Void> read() {
    Future<Void> asked = ask(Urgency.WAITED_FOR);
    read = asking;
    return asked;
  }

  /**
   * Returns as {@link #ready}, for who needs it only while somebody looks: the question is called off if nobody does soon, or
   * when nobody does any more.
   */
  Future<Void> readyToView() {
    used();
    return isCurrent() || (known && isWaiting()) ? Future.succeededFuture() : soon(askToView());
  }

  private Future<Void> askToView() {
    Future<Void> asked = ask(Urgency.WAITED_FOR);
    if (!viewed) {
      releaseAfter(Freshness.ARRIVAL);
    }
    return asked;
  }

  /**
   * Returns true when what changes once a day is known: from an answer of today at the latest after a moment, else the
   * provider's answer is waited for as if nothing was known. False if there is none because the question was called off, which
   * who asks here does not prevent, or takes too long; fails if nothing is known and the provider failed.
   */
  Future<Boolean> readyOfToday() {
    used();
    if (isCurrent() || (known && isWaiting())) {
      return Future.succeededFuture(true);
    }
    ask(Urgency.WAITED_FOR);
    Future<Boolean> asked = outcome.future();
    return restored()
        .compose(looked -> parts.within(Freshness.patience(isOfToday()), asked))
        .recover(failure ->
            known || !asked.failed() ? Future.succeededFuture(known) : Future.failedFuture(failure))
        .map(told -> told || isOfToday());
  }

  private boolean isOfToday() {
    return known && parts.date(toldAtMillis).equals(parts.today());
  }

  /** Returns when a question is answered, or when it is time to show what was known before. */
  Future<Void> soon(Future<Void> question) {
    return restored()
        .compose(looked -> parts
            .within(Freshness.patience(known), question)
            .recover(failure -> known ? Future.succeededFuture() : Future.failedFuture(failure)));
  }

  private boolean isWaiting() {
    return failed && parts.wallClock().millis() < againMillis;
  }

  /** Asks the provider, unless it is being asked. */
  private Future<Void> ask(Urgency urgency) {
    Future<Void> awaited = answer.future();
    if (!asking) {
      asking = true;
      outcome = Promise.promise();
      long question = ++questions;
      parts.source().chain(underlying, date, urgency).onComplete(told -> {
        if (asking && question == questions) {
          ended(told);
        }
      });
    }
    return awaited;
  }

  private void ended(AsyncResult<ChainSnapshot> told) {
    Future<Void> taken = Future.succeededFuture()
        .compose(
            now -> told.succeeded() ? answered(told.result()) : Future.failedFuture(told.cause()))
        .onFailure(this::refused);
    asking = false;
    read = false;
    Promise<Void> awaited = answer;
    Promise<Boolean> ending = outcome;
    answer = Promise.promise();
    taken.onComplete(awaited);
    taken.onSuccess(done -> ending.tryComplete(true)).onFailure(ending::tryFail);
  }

  /** Calls the question under way off if nobody waits for it; who asks before there is an answer gets that of the next. */
  private void release() {
    release.cancel();
    if (asking && !viewed && !read) {
      asking = false;
      parts.source().callOff(underlying, date);
      outcome.tryComplete(false);
    }
  }

  /** The last one who asked or left has its moment. */
  private void releaseAfter(Duration moment) {
    release.cancel();
    release = parts.scheduler().after(moment, this::release);
  }

  private Future<Void> answered(ChainSnapshot snapshot) {
    if (snapshot.legs().isEmpty()) {
      return Future.failedFuture(Failure.NO_DATA.because(
          "no options on " + underlying.symbol() + " that expire on " + date));
    }
    take(snapshot);
    return Future.succeededFuture();
  }

  /** Takes a provider's answer of this expiration. */
  void take(ChainSnapshot snapshot) {
    if (known && failed) {
      LOG.info("chain is answered again [underlying: {}, expiration: {}]", underlying, date);
    }
    known = true;
    stored = false;
    failed = false;
    backoff.reset();
    askedMillis = parts.wallClock().millis();
    contracts = snapshot.legs().size();
    toldAtMillis = snapshot.askedAtMillis();
    taker.told(snapshot);
    write(snapshot);
  }

  private void write(ChainSnapshot snapshot) {
    if (askedMillis - writtenMillis >= BETWEEN_WRITES.toMillis()) {
      writtenMillis = askedMillis;
      parts
          .store()
          .write(date, snapshot)
          .onFailure(failure -> LOG.debug("chain is not kept [underlying: {}]", underlying));
    }
  }

  private void refused(Throwable cause) {
    FailureException failure = FailureException.of(cause);
    if (known && !failed) {
      LOG.warn(
          "chain is not answered [underlying: {}, expiration: {}, reason: {}]",
          underlying,
          date,
          failure.getMessage());
    }
    failed = true;
    againMillis =
        parts.wallClock().millis() + backoff.failed(failure.retryAfterMillis()).toMillis();
  }

  /** Returns when it is known whether the store has this expiration. */
  Future<Void> restored() {
    if (restored.isEmpty()) {
      restored = List.of(parts
          .store()
          .read(underlying, date)
          .<Void>map(kept -> {
            kept.ifPresent(this::restore);
            return null;
          })
          .otherwiseEmpty());
    }
    return restored.get(0);
  }

  private void restore(ChainSnapshot kept) {
    if (!known) {
      known = true;
      stored = true;
      contracts = kept.legs().size();
      toldAtMillis = kept.askedAtMillis();
      taker.kept(kept);
    }
  }

  /** Somebody looks at it: it is asked for again and again. */
  void view() {
    if (!viewed) {
      viewed = true;
      release.cancel();
      restored();
      plan();
    }
  }

  /** Nobody looks at it any more, or somebody else does in a moment. */
  void unview() {
    viewed = false;
    next.cancel();
    used();
    releaseAfter(Freshness.RETURN);
  }

  /** Nobody will look at it or ask for it any more, here. */
  void close() {
    viewed = false;
    next.cancel();
    outcome.tryFail(Failure.UNAVAILABLE.because("chains are not served here any more"));
    release();
  }

  /** Plans the next question by what is known now. */
  void plan() {
    next.cancel();
    if (!viewed) {
      return;
    }
    long due = askedMillis
        + Freshness.viewed(contracts, parts.closed().test(underlying)).toMillis();
    long wait = (failed ? againMillis : due) - parts.wallClock().millis();
    if (failed || (known && !stored)) {
      next = parts.scheduler().after(Duration.ofMillis(Math.max(1, wait)), this::refresh);
    } else {
      refresh();
    }
  }

  private void refresh() {
    ask(known && !stored ? Urgency.REFRESH : Urgency.WAITED_FOR).onComplete(done -> plan());
  }
}
