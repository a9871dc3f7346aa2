package io.candlehub.hub.store;

import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Keeps chains in the file of the embedded store, by its worker thread. */
final class EmbeddedChains implements ChainStore {
  private final EmbeddedCandleStore store;
  private final InstantSource wallClock;

  EmbeddedChains(EmbeddedCandleStore store, InstantSource wallClock) {
    this.store = store;
    this.wallClock = wallClock;
  }

  private long oldestMillis() {
    return wallClock.millis() - KEPT.toMillis();
  }

  @Override
  public Future<Void> write(LocalDate expiration, ChainSnapshot chain) {
    long nowMillis = wallClock.millis();
    return store.change(file -> file.chains().write(expiration, chain, nowMillis));
  }

  @Override
  public Future<Optional<ChainSnapshot>> read(Instrument underlying, LocalDate expiration) {
    long oldest = oldestMillis();
    return store.look(file -> file.chains().read(underlying, expiration, oldest));
  }

  @Override
  public Future<List<LocalDate>> expirations(Instrument underlying) {
    long oldest = oldestMillis();
    return store.look(file -> file.chains().expirations(underlying, oldest));
  }

  @Override
  public Future<Void> prune() {
    long oldest = oldestMillis();
    return store.change(file -> file.chains().prune(oldest));
  }
}
