package io.candlehub.hub.chain;

import io.candlehub.bus.Failure;
import io.candlehub.hub.option.ChainConfig;
import io.candlehub.hub.store.ChainStore;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Origin;
import io.candlehub.model.Scheduler;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What chains work with.
 *
 * @param config how options are valued and how many are live
 * @param source answers questions about options
 * @param store keeps chains for a day
 * @param worker does long work
 * @param clock the market's clock
 * @param wallClock wall time
 * @param scheduler runs timers on the hub's event loop
 * @param random spreads waiting times
 * @param closed tells whether options on an underlying are not traded now
 * @param existence fails with {@link Failure#UNKNOWN_INSTRUMENT} for an instrument that does not exist
 * @param streaming says whose quotes of a contract flow
 * @param served tells whether what is known of an underlying's options may be published now
 * @param publisher takes what changed
 */
public record ChainParts(
    ChainConfig config,
    OptionSource source,
    ChainStore store,
    Worker worker,
    MarketClock clock,
    InstantSource wallClock,
    Scheduler scheduler,
    RandomGenerator random,
    Predicate<Instrument> closed,
    Function<Instrument, Future<Void>> existence,
    Function<Instrument, Origin> streaming,
    Predicate<Instrument> served,
    Consumer<ChainUpdate> publisher) {

  /** Returns the market's date; contracts of earlier ones have expired. */
  LocalDate today() {
    return date(clock.millis());
  }

  /** Returns the date of a market time. */
  LocalDate date(long marketMillis) {
    return TradingCalendar.nyse().dateOf(marketMillis);
  }

  /** Returns what a question leads to, or {@link Failure#UNAVAILABLE} if that takes longer than a reader waits. */
  <T> Future<T> within(Duration limit, Future<T> question) {
    if (question.isComplete()) {
      return question;
    }
    Promise<T> answer = Promise.promise();
    Scheduler.Cancellable end = scheduler.after(
        limit, () -> answer.tryFail(Failure.UNAVAILABLE.because("no answer in time")));
    question.onComplete(done -> {
      end.cancel();
      if (done.succeeded()) {
        answer.tryComplete(done.result());
      } else {
        answer.tryFail(done.cause());
      }
    });
    return answer.future();
  }
}
