package io.candlehub.hub.store;

import io.candlehub.model.Selection;
import io.vertx.core.Future;
import java.util.Optional;

/** Keeps selections in the file of the embedded store, by its worker thread. */
final class EmbeddedSelections implements SelectionStore {
  private final EmbeddedCandleStore store;

  EmbeddedSelections(EmbeddedCandleStore store) {
    this.store = store;
  }

  @Override
  public Future<Void> write(String caller, Selection selection, long atMillis) {
    return store.change(file -> file.selections().write(caller, selection, atMillis));
  }

  @Override
  public Future<Optional<Selection>> read(String caller) {
    return store.look(file -> file.selections().read(caller));
  }

  @Override
  public Future<Void> prune(long beforeMillis) {
    return store.change(file -> file.selections().prune(beforeMillis));
  }
}
