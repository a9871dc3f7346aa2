package io.candlehub.hub.store;

import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Keeps chains in MongoDB, one document per underlying and expiration in {@code option_chain_snapshots}, which an index
 * drops a day after they were written.
 */
final class MongoChains implements ChainStore {
  private static final FindOptions WHOLE = new FindOptions();
  private static final FindOptions DATES = new FindOptions()
      .setSort(new JsonObject().put("expiration", 1))
      .setFields(new JsonObject().put("_id", 0).put("expiration", 1));

  private final MongoCandleStore store;
  private final InstantSource wallClock;

  MongoChains(MongoCandleStore store, InstantSource wallClock) {
    this.store = store;
    this.wallClock = wallClock;
  }

  private Instant oldest() {
    return wallClock.instant().minus(KEPT);
  }

  private JsonObject kept(Instrument underlying) {
    return new JsonObject()
        .put("underlying", underlying.symbol())
        .put(
            MongoDocuments.UPDATED_AT, new JsonObject().put("$gte", MongoDocuments.date(oldest())));
  }

  @Override
  public Future<Void> write(LocalDate expiration, ChainSnapshot chain) {
    return store.upsert(
        MongoDocuments.CHAINS, now -> List.of(MongoDocuments.chain(expiration, chain, now)));
  }

  @Override
  public Future<Optional<ChainSnapshot>> read(Instrument underlying, LocalDate expiration) {
    JsonObject filter = kept(underlying).put("expiration", expiration.toString());
    return store
        .find(MongoDocuments.CHAINS, filter, WHOLE)
        .map(found -> found.stream()
            .findFirst()
            .flatMap(document -> ChainMap.decode(document.getJsonObject("chain").toBuffer())));
  }

  @Override
  public Future<List<LocalDate>> expirations(Instrument underlying) {
    return store
        .find(MongoDocuments.CHAINS, kept(underlying), DATES)
        .map(found -> found.stream()
            .map(document -> LocalDate.parse(document.getString("expiration")))
            .toList());
  }

  @Override
  public Future<Void> prune() {
    JsonObject old = new JsonObject().put("$lt", MongoDocuments.date(oldest()));
    return store.remove(
        MongoDocuments.CHAINS, new JsonObject().put(MongoDocuments.UPDATED_AT, old));
  }
}
