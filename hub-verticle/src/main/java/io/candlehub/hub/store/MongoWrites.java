package io.candlehub.hub.store;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends upserts to MongoDB in the order of the calls: one unordered bulk at a time, the next one made of all that came
 * meanwhile.
 *
 * <p>Its state is confined to the context on which the store was opened; calls may come from anywhere.
 */
final class MongoWrites {
  private static final int MAX_DOCUMENTS_PER_BULK = 1_000;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions(false);

  private final Vertx vertx;
  private final Context context;
  private final MongoClient client;
  private final Deque<Upserts> waiting = new ArrayDeque<>();
  private final List<Promise<Void>> drains = new ArrayList<>();
  private boolean sending;

  MongoWrites(Vertx vertx, MongoClient client) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.client = client;
  }

  /**
   * Inserts or replaces documents by their {@code _id}.
   *
   * @param documents makes the documents when their turn comes; the last of the same id wins
   * @return done when the server has acknowledged all; completes on the caller's context
   */
  Future<Void> upsert(String collection, Supplier<List<JsonObject>> documents) {
    Promise<Void> done = Promise.promise();
    Upserts upserts = new Upserts(collection, documents, vertx.getOrCreateContext(), done);
    context.runOnContext(entered -> {
      waiting.add(upserts);
      sendNext();
    });
    return done.future();
  }

  /** Returns a future that completes when nothing waits any more. */
  Future<Void> drained() {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(entered -> {
      drains.add(drained);
      sendNext();
    });
    return drained.future();
  }

  private void sendNext() {
    if (sending) {
      return;
    }
    if (waiting.isEmpty()) {
      drains.forEach(Promise::tryComplete);
      drains.clear();
      return;
    }
    String collection = waiting.element().collection();
    List<Upserts> sent = new ArrayList<>();
    Map<String, BulkOperation> bulk = new LinkedHashMap<>();
    while (!waiting.isEmpty()
        && waiting.element().collection().equals(collection)
        && bulk.size() < MAX_DOCUMENTS_PER_BULK) {
      Upserts next = waiting.remove();
      next.documents().get().forEach(document -> addTo(bulk, document));
      sent.add(next);
    }
    List<BulkOperation> operations = List.copyOf(bulk.values());
    sending = true;
    Future.succeededFuture()
        .compose(start -> client.bulkWriteWithOptions(collection, operations, UNORDERED))
        .onComplete(outcome -> context.runOnContext(entered -> {
          sending = false;
          sent.forEach(upserts -> upserts.end(outcome));
          sendNext();
        }));
  }

  private static void addTo(Map<String, BulkOperation> bulk, JsonObject document) {
    String id = document.getString("_id");
    JsonObject byId = new JsonObject().put("_id", id);
    bulk.put(id, BulkOperation.createReplace(byId, document, true));
  }

  private record Upserts(
      String collection, Supplier<List<JsonObject>> documents, Context caller, Promise<Void> done) {
    private void end(AsyncResult<?> outcome) {
      caller.runOnContext(entered -> {
        if (outcome.succeeded()) {
          done.complete();
        } else {
          done.fail(outcome.cause());
        }
      });
    }
  }
}
