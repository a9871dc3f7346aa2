package io.candlehub.hub.store;

import io.candlehub.bus.QuoteJson;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keeps quotes in MongoDB, one document per instrument in {@code last_quotes}, as clients get them. */
final class MongoQuotes implements QuoteStore {
  private static final FindOptions BY_SYMBOL =
      new FindOptions().setSort(new JsonObject().put("_id", 1));

  private final MongoCandleStore store;

  MongoQuotes(MongoCandleStore store) {
    this.store = store;
  }

  @Override
  public Future<Void> write(List<Quote> quotes) {
    List<Quote> given = List.copyOf(quotes);
    return given.isEmpty()
        ? Future.succeededFuture()
        : store.upsert(
            MongoDocuments.QUOTES,
            now -> given.stream().map(quote -> MongoDocuments.quote(quote, now)).toList());
  }

  @Override
  public Future<Optional<Quote>> read(Instrument instrument) {
    return find(new JsonObject().put("_id", instrument.symbol()))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Future<List<Quote>> readChain(Instrument underlying) {
    String prefix = QuoteKeys.chainPrefix(underlying);
    JsonObject begins = new JsonObject().put("$regex", "^" + Pattern.quote(prefix));
    return find(new JsonObject().put("_id", begins))
        .map(found -> found.stream()
            .filter(quote -> QuoteKeys.isOfChain(quote.instrument().symbol(), prefix))
            .toList());
  }

  @Override
  public Future<Void> prune(long beforeMillis) {
    return store.remove(
        MongoDocuments.QUOTES,
        new JsonObject().put("t", new JsonObject().put("$lt", beforeMillis)));
  }

  private Future<List<Quote>> find(JsonObject filter) {
    return store
        .find(MongoDocuments.QUOTES, filter, BY_SYMBOL)
        .map(found ->
            found.stream().map(QuoteJson::read).flatMap(Optional::stream).toList());
  }
}
