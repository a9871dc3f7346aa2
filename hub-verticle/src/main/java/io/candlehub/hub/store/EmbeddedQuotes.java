package io.candlehub.hub.store;

import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Keeps quotes in the file of the embedded store, by its worker thread. */
final class EmbeddedQuotes implements QuoteStore {
  private final EmbeddedCandleStore store;

  EmbeddedQuotes(EmbeddedCandleStore store) {
    this.store = store;
  }

  @Override
  public Future<Void> write(List<Quote> quotes) {
    List<Quote> given = List.copyOf(quotes);
    return store.change(file -> file.quotes().write(given));
  }

  @Override
  public Future<Optional<Quote>> read(Instrument instrument) {
    return store.look(file -> file.quotes().read(instrument));
  }

  @Override
  public Future<List<Quote>> readChain(Instrument underlying) {
    return store.look(file -> file.quotes().readChain(underlying));
  }

  @Override
  public Future<Void> prune(long beforeMillis) {
    return store.change(file -> file.quotes().prune(beforeMillis));
  }
}
