package io.candlehub.ingest.hybrid;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.model.IndexRoot;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Something accounts are asked.
 *
 * @param what is asked for, in words for logs and clients
 * @param about the instrument it is about, if it is about one
 * @param has whether a provider has such data
 * @param ask asks one
 * @param judge says what an answer is worth
 * @param told puts into an answer who told it, and why not the first account
 * @param calledOff true once nobody waits for the answer
 * @param unconfirmed marks an answer that is {@link Worth#DOUBTED} and that an account did not confirm because it failed
 */
record Question<T>(
    String what,
    Optional<Instrument> about,
    Predicate<Capabilities> has,
    Function<MarketDataProvider, Future<T>> ask,
    Function<T, Worth> judge,
    Told<T> told,
    BooleanSupplier calledOff,
    UnaryOperator<T> unconfirmed) {
  /** Marks an answer. */
  @FunctionalInterface
  interface Told<T> {
    T by(T answer, String provider, String fallbackReason);
  }

  Question(
      String what,
      Optional<Instrument> about,
      Predicate<Capabilities> has,
      Function<MarketDataProvider, Future<T>> ask,
      Function<T, Worth> judge,
      Told<T> told) {
    this(what, about, has, ask, judge, told, () -> false, UnaryOperator.identity());
  }

  /**
   * Returns false if a symbol can be nobody's: that of a share which is an index, of a contract without terms, or one
   * without letter and digit. Nobody is asked about it.
   */
  static boolean canExist(Instrument instrument) {
    return switch (instrument.assetClass()) {
      case EQUITY -> !IndexRoot.isNamedBy(instrument) && isName(instrument.symbol());
      case OPTION -> OptionContract.of(instrument).isPresent();
      case INDEX, FUTURE -> true;
    };
  }

  private static boolean isName(String symbol) {
    return symbol.chars().anyMatch(Character::isLetterOrDigit);
  }

  /** Returns why nobody need be asked, whoever there is; empty if somebody has to. */
  Optional<FailureException> refusal() {
    return about.filter(instrument -> !canExist(instrument)).map(Failure::noSuch);
  }

  /** Returns the failure of a question for what none of the accounts has. */
  static FailureException unsupported(
      String what, Optional<Instrument> about, List<Account> accounts) {
    String words = about
        .map(Instrument::assetClass)
        .map(
            kind -> accounts.stream().anyMatch(account -> account.capabilities().covers(kind))
                ? what + " of " + kind.market()
                : kind.market())
        .orElse(what);
    return Failure.UNSUPPORTED.because("no provider here has " + words);
  }
}
