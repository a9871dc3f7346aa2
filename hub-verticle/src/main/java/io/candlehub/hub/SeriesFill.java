package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Change;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the history for what the stream did not settle: the first load, holes, minutes left unconfirmed, and again what
 * another provider told in place of the first one. One
 * question at a time per series; a failed one is tried again after a back-off, for the range that is unsettled by
 * then. Confined to the hub's event loop.
 */
final class SeriesFill {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesFill.class);
  private static final long MINUTE = 60_000;

  /** A provider sends a bar again for about 15 minutes; what the stream missed may have been such a correction. */
  private static final long CORRECTED_FOR_MILLIS = 16 * MINUTE;

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final Consumer<Change> applied;
  private final Consumer<Boolean> answered;
  private final Backoff backoff;
  private final OwedBars owed;
  private Kind wanted = Kind.NONE;
  private Kind asking = Kind.NONE;
  private boolean polled;
  private boolean waiting;
  private boolean stopped;
  private Scheduler.Cancellable retry = () -> {};
  private Optional<FailureException> problem = Optional.empty();

  /** What is asked for; a later constant includes the former. */
  enum Kind {
    /** Nothing. */
    NONE,
    /** Minutes the stream left unconfirmed, and what another provider told in place of the first one. */
    CONFIRM,
    /** All that may have changed since the last settled minute up to now, and the seconds of the minute in progress. */
    FILL,
    /** All of the ring, from the store as far as it knows, and the seconds of the minute in progress. */
    LOAD
  }

  /**
   * Creates the asker of a series.
   *
   * @param applied takes each change that an answer made
   * @param answered called at the end of each question, with true if it was answered
   */
  SeriesFill(
      Instrument instrument,
      CandleSeries series,
      SeriesParts parts,
      Consumer<Change> applied,
      Consumer<Boolean> answered) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.applied = applied;
    this.answered = answered;
    backoff = new Backoff(parts.random());
    owed = new OwedBars(parts.provider()::returns);
  }

  /** Lets a minute pass: asks for what is not confirmed, and now and then for what another provider told. */
  void onMinute() {
    owed.onMinute(series.firstMillis());
    want(Kind.CONFIRM);
  }

  /** Returns true if no provider has minutes of such an instrument, so that nobody is asked. */
  boolean isHopeless() {
    return parts.offer().lacks(instrument.assetClass(), StoreUnit.MINUTE);
  }

  /** Returns whether the instrument exists but no provider has minutes of such; false if that is not known. */
  Future<Boolean> isNothingToLoad() {
    return parts
        .offer()
        .known()
        .compose(known -> isHopeless()
            ? parts.reference().check(instrument).map(exists -> true)
            : Future.succeededFuture(false))
        .otherwise(false);
  }

  /** Asks as soon as the question in flight, if any, is answered. */
  void want(Kind kind) {
    stopped = false;
    if (kind.compareTo(wanted) > 0) {
      wanted = kind;
    }
    pump();
  }

  /** Says whether the history is all there is, so that questions reach up to now. */
  void polled(boolean streamLost) {
    polled = streamLost;
  }

  /** Gives up what is wanted; an answer under way is still taken. */
  void stop() {
    stopped = true;
    wanted = Kind.NONE;
    waiting = false;
    retry.cancel();
  }

  /** Returns true while a hole or the first load is asked for. */
  boolean isFilling() {
    return wanted.compareTo(Kind.FILL) >= 0 || asking.compareTo(Kind.FILL) >= 0;
  }

  /** Returns why the last question failed, if it did and something is missing still. */
  Optional<FailureException> problem() {
    return problem.filter(failure -> isFilling() || series.unsettled(now()).isPresent());
  }

  /** Returns who told bars that the first provider should have told. */
  StandIn standIn() {
    return owed.standIn();
  }

  /** Takes note of who told the bars that a former owner loaded. */
  void adopt(StandIn told) {
    owed.adopt(told);
  }

  private long now() {
    return parts.now(instrument.assetClass());
  }

  private long delay() {
    return parts.delayMillis(instrument.assetClass());
  }

  private void pump() {
    if (asking != Kind.NONE || waiting || wanted == Kind.NONE) {
      return;
    }
    Kind kind = wanted;
    wanted = Kind.NONE;
    Optional<Range> before = series.unsettled(now());
    boolean isNothing = kind == Kind.CONFIRM && before.isEmpty() && !owed.isDue();
    if (isNothing || isHopeless()) {
      problem = Optional.empty();
      return;
    }
    asking = kind;
    ask(kind, before).onComplete(done -> {
      asking = Kind.NONE;
      if (done.succeeded()) {
        succeeded(before);
      } else {
        failed(kind, FailureException.of(done.cause()));
      }
      answered.accept(done.succeeded());
      pump();
    });
  }

  private Future<Void> ask(Kind kind, Optional<Range> unsettled) {
    if (kind == Kind.LOAD) {
      return load();
    }
    long now = now();
    long from = unsettled.map(Range::fromMillis).orElse(now - Math.floorMod(now, MINUTE));
    boolean upToNow = kind == Kind.FILL || polled;
    long to = upToNow ? Math.max(from, now) : unsettled.map(Range::toMillis).orElse(from);
    Range open = new Range(Math.max(series.firstMillis(), from - CORRECTED_FOR_MILLIS), to);
    Range range = kind == Kind.FILL || owed.isDue() ? owed.with(open) : open;
    Future<Void> minutes = minutes(
        range, unsettled.isEmpty() && kind == Kind.CONFIRM ? Priority.READER : Priority.GAP);
    return kind == Kind.FILL ? Future.join(seconds(), minutes).mapEmpty() : minutes;
  }

  private Future<Void> load() {
    Range range = new Range(series.firstMillis(), Math.max(series.firstMillis(), now()));
    Future<Void> minutes = parts
        .loader()
        .plan(instrument, StoreUnit.MINUTE, range)
        .compose(plan -> {
          plan.cached().forEach(this::apply);
          Future<Void> chain = Future.succeededFuture();
          for (Range missing : plan.missing()) {
            chain = chain.compose(done -> minutes(missing, Priority.CHART));
          }
          return chain;
        });
    return Future.join(seconds(), minutes).mapEmpty();
  }

  private Future<Void> minutes(Range range, Priority priority) {
    return parts
        .loader()
        .fetch(instrument, StoreUnit.MINUTE, range, priority, delay())
        .map(part -> {
          owed.note(part);
          apply(part);
          return null;
        });
  }

  private void apply(HistoryPart part) {
    applied.accept(series.onMinutes(part, now()));
  }

  /** The minute in progress is whole only with its seconds; without them the provider's minute has to do. */
  private Future<Void> seconds() {
    long now = now();
    long minute = now - Math.floorMod(now, MINUTE);
    if (TradingCalendar.of(instrument).phaseAt(now) == SessionPhase.CLOSED) {
      return Future.succeededFuture();
    }
    Range range = new Range(minute, minute + MINUTE - 1);
    return parts
        .loader()
        .fetch(instrument, StoreUnit.SECOND, range, Priority.CHART, delay())
        .<Void>map(part -> {
          applied.accept(series.onSeconds(minute, part.bars(), now()));
          return null;
        })
        .recover(failure -> {
          LOG.debug("no seconds [symbol: {}, minute: {}]", instrument, minute, failure);
          return Future.succeededFuture();
        });
  }

  private void succeeded(Optional<Range> before) {
    parts.meters().confirmed();
    if (problem.isPresent()) {
      LOG.info("history answers again [symbol: {}]", instrument);
    }
    problem = Optional.empty();
    boolean stuck = before.isPresent() && before.equals(series.unsettled(now()));
    if (stuck) {
      pause(backoff.failed(0));
    } else {
      backoff.reset();
    }
  }

  private void failed(Kind kind, FailureException failure) {
    if (stopped) {
      return;
    }
    parts.meters().confirmationFailed();
    if (problem.isEmpty()) {
      LOG.warn(
          "history does not answer [symbol: {}, code: {}, message: {}]",
          instrument,
          failure.code(),
          failure.getMessage());
    }
    problem = Optional.of(failure);
    if (kind.compareTo(wanted) > 0) {
      wanted = kind;
    }
    pause(backoff.failed(failure.retryAfterMillis()));
  }

  private void pause(Duration wait) {
    waiting = true;
    retry = parts.scheduler().after(wait, () -> {
      waiting = false;
      pump();
    });
  }
}
