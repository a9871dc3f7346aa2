package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.MarketDataProvider;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something accounts are asked.
 *
 * @param what is asked, in a word for logs
 * @param has whether a provider has such data
 * @param ask asks one
 * @param judge says what an answer is worth
 * @param told puts into an answer who told it, and why not the first account
 * @param calledOff true once nobody waits for the answer
 */
record Question<T>(
    String what,
    Predicate<Capabilities> has,
    Function<MarketDataProvider, Future<T>> ask,
    Function<T, Worth> judge,
    Told<T> told,
    BooleanSupplier calledOff) {
  /** Marks an answer. */
  @FunctionalInterface
  interface Told<T> {
    T by(T answer, String provider, String fallbackReason);
  }

  Question(
      String what,
      Predicate<Capabilities> has,
      Function<MarketDataProvider, Future<T>> ask,
      Function<T, Worth> judge,
      Told<T> told) {
    this(what, has, ask, judge, told, () -> false);
  }
}
