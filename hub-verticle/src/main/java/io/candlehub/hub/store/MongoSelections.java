package io.candlehub.hub.store;

import io.candlehub.bus.SelectionJson;
import io.candlehub.model.Selection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps selections in MongoDB, one document per caller in {@code selections}. */
final class MongoSelections implements SelectionStore {
  private static final String ID = "_id";

  private final MongoCandleStore store;

  MongoSelections(MongoCandleStore store) {
    this.store = store;
  }

  @Override
  public Future<Void> write(String caller, Selection selection, long atMillis) {
    return store.upsert(
        MongoDocuments.SELECTIONS,
        now -> List.of(SelectionJson.write(selection)
            .put(ID, caller)
            .put(MongoDocuments.UPDATED_AT, MongoDocuments.date(Instant.ofEpochMilli(atMillis)))));
  }

  @Override
  public Future<Optional<Selection>> read(String caller) {
    return store
        .find(MongoDocuments.SELECTIONS, new JsonObject().put(ID, caller), new FindOptions())
        .map(found -> found.stream().findFirst().flatMap(SelectionJson::read));
  }

  @Override
  public Future<Void> prune(long beforeMillis) {
    JsonObject before =
        new JsonObject().put("$lt", MongoDocuments.date(Instant.ofEpochMilli(beforeMillis)));
    return store.remove(
        MongoDocuments.SELECTIONS, new JsonObject().put(MongoDocuments.UPDATED_AT, before));
  }
}
