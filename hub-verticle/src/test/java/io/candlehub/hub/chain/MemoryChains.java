package io.candlehub.hub.chain;

import io.candlehub.hub.store.ChainStore;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store that counts what is written; nothing grows old in it. */
final class MemoryChains implements ChainStore {
  int writes;
  private final Map<String, Map<LocalDate, ChainSnapshot>> chains = new TreeMap<>();

  @Override
  public Future<Void> write(LocalDate expiration, ChainSnapshot chain) {
    writes++;
    chains.computeIfAbsent(chain.underlying(), absent -> new TreeMap<>()).put(expiration, chain);
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<ChainSnapshot>> read(Instrument underlying, LocalDate expiration) {
    return Future.succeededFuture(
        Optional.ofNullable(chains.getOrDefault(underlying.symbol(), Map.of()).get(expiration)));
  }

  @Override
  public Future<List<LocalDate>> expirations(Instrument underlying) {
    return Future.succeededFuture(
        List.copyOf(chains.getOrDefault(underlying.symbol(), Map.of()).keySet()));
  }

  @Override
  public Future<Void> prune() {
    return Future.succeededFuture();
  }
}
