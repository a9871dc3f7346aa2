package io.candlehub.hub.store;

import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the last quote of each instrument of one market, beside a {@link CandleStore} and under its rules of threads and
 * failures.
 */
public interface QuoteStore {
  /** Inserts quotes, or replaces those of the same instruments; the last one of an instrument wins. */
  Future<Void> write(List<Quote> quotes);

  /** Returns an instrument's quote, if one is kept. */
  Future<Optional<Quote>> read(Instrument instrument);

  /**
   * Returns the quotes of the option contracts of an underlying, ordered by symbol.
   *
   * @param underlying whose symbol, without the prefix of its kind, is the contracts' root
   */
  Future<List<Quote>> readChain(Instrument underlying);

  /** Returns true if an instrument is an option contract of an underlying, by its root. */
  static boolean isOfChain(Instrument contract, Instrument underlying) {
    return QuoteKeys.isOfChain(contract.symbol(), QuoteKeys.chainPrefix(underlying));
  }

  /** Drops quotes whose newest part is older than an instant of market time. */
  Future<Void> prune(long beforeMillis);
}
