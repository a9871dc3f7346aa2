package io.candlehub.hub.store;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SettingException;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps bars in MongoDB, one document per bar in {@code option_aggregates} and one per complete day.
 *
 * <p>Documents have deterministic ids, so that writing twice is writing once. The server must answer when the store is
 * opened; later failures fail the single call.
 */
final class MongoCandleStore implements CandleStore {
  private static final Logger LOG = LoggerFactory.getLogger(MongoCandleStore.class);
  private static final String KIND = "mongodb";
  private static final long OPEN_TIMEOUT_MILLIS = 4_500;
  private static final long CLOSE_TIMEOUT_MILLIS = 5_000;
  private static final int READ_BATCH = 5_000;
  private static final int BARS_PER_BULK = 1_000;
  /** Server error codes of missing rights: Unauthorized and AuthenticationFailed. */
  private static final Set<Integer> NOT_ALLOWED = Set.of(13, 18);

  private final Vertx vertx;
  private final MongoClient client;
  private final InstantSource wallClock;
  private final QuoteStore quotes = new MongoQuotes(this);
  private final SelectionStore selections = new MongoSelections(this);
  private final ChainStore chains;
  private final MongoWrites writes;
  private final Availability reading;
  private final Availability writing;
  private volatile boolean closed;

  private MongoCandleStore(
      Vertx vertx, MongoClient client, MongoAddress address, InstantSource wallClock) {
    this.vertx = vertx;
    this.client = client;
    this.wallClock = wallClock;
    chains = new MongoChains(this, wallClock);
    writes = new MongoWrites(vertx, client);
    reading = new Availability(KIND, "read", address::scrub);
    writing = new Availability(KIND, "write", address::scrub);
  }

  /**
   * Connects and makes sure that the indexes exist.
   *
   * @param fresh true to begin with empty collections
   * @return the store; fails with {@link SettingException} if the server cannot be used
   */
  static Future<CandleStore> open(
      Vertx vertx, String uri, MarketDescriptor market, boolean fresh, InstantSource wallClock) {
    return vertx
        .executeBlocking(() -> MongoAddress.parse(uri))
        .compose(address -> connect(vertx, address, address.databaseOf(market))
            .compose(client -> prepare(client, fresh)
                .timeout(OPEN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .<CandleStore>map(ready -> new MongoCandleStore(vertx, client, address, wallClock))
                .recover(failure -> client
                    .close()
                    .transform(closing -> Future.failedFuture(refusal(uri, failure)))))
            .onSuccess(store -> LOG.info(
                "candle store opened [store: {}, address: {}, database: {}]",
                KIND,
                address.masked(),
                address.databaseOf(market))));
  }

  /**
   * Tries whether the server can be used.
   *
   * @param fresh true if what is there will be removed when the store is opened, and needs to be looked at only
   * @return fails as {@link #open} would
   */
  static Future<Void> check(Vertx vertx, String uri, MarketDescriptor market, boolean fresh) {
    return vertx
        .executeBlocking(() -> MongoAddress.parse(uri))
        .compose(address -> connect(vertx, address, address.databaseOf(market)))
        .compose(
            client -> (fresh ? client.getCollections().<Void>mapEmpty() : prepare(client, false))
                .timeout(OPEN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(refusal(uri, failure)))
                .eventually(client::close));
  }

  private static Future<MongoClient> connect(Vertx vertx, MongoAddress address, String database) {
    return vertx.executeBlocking(() -> {
      try {
        return MongoClient.create(vertx, address.clientConfig(database));
      } catch (RuntimeException e) {
        throw MongoAddress.refused(address.masked());
      }
    });
  }

  private static Future<Void> prepare(MongoClient client, boolean fresh) {
    IndexOptions unique = new IndexOptions().unique(true);
    IndexOptions dropped =
        new IndexOptions().expireAfter(ChainStore.KEPT.toSeconds(), TimeUnit.SECONDS);
    Future<Void> emptied = fresh ? drop(client) : Future.succeededFuture();
    return emptied
        .compose(ready ->
            client.createIndexWithOptions(MongoDocuments.BARS, MongoDocuments.barIndex(), unique))
        .compose(ready -> client.createIndexWithOptions(
            MongoDocuments.COMPLETE_DAYS, MongoDocuments.dayIndex(), unique))
        .compose(ready -> client.createIndexWithOptions(
            MongoDocuments.CHAINS, MongoDocuments.chainIndex(), unique))
        .compose(ready -> client.createIndexWithOptions(
            MongoDocuments.CHAINS, new JsonObject().put(MongoDocuments.UPDATED_AT, 1), dropped));
  }

  private static Future<Void> drop(MongoClient client) {
    return client
        .getCollections()
        .compose(present -> Future.all(Stream.of(
                    MongoDocuments.BARS,
                    MongoDocuments.COMPLETE_DAYS,
                    MongoDocuments.QUOTES,
                    MongoDocuments.SELECTIONS,
                    MongoDocuments.CHAINS)
                .filter(present::contains)
                .map(client::dropCollection)
                .toList())
            .mapEmpty());
  }

  private static SettingException refusal(String uri, Throwable failure) {
    boolean notAllowed = failure instanceof MongoSecurityException
        || (failure instanceof MongoCommandException command
            && NOT_ALLOWED.contains(command.getErrorCode()));
    return MongoAddress.refused(
        uri,
        notAllowed
            ? "a MongoDB server that accepts the user and lets it create collections and indexes"
            : "a MongoDB server that answers within 5 s (" + failure.getClass().getSimpleName()
                + ")");
  }

  @Override
  public Future<BarBlock> read(
      Instrument instrument, StoreUnit unit, long fromMillis, long toMillis) {
    JsonObject filter = MongoDocuments.series(instrument.symbol(), unit)
        .put("timestamp", MongoDocuments.range(fromMillis, toMillis));
    FindOptions options = new FindOptions()
        .setSort(new JsonObject().put("timestamp", 1))
        .setFields(new JsonObject().put("_id", 0).put("updatedAt", 0).put("source", 0))
        .setBatchSize(READ_BATCH);
    return find(MongoDocuments.BARS, filter, options)
        .compose(found -> vertx.executeBlocking(() -> MongoDocuments.block(found), false));
  }

  @Override
  public Future<Void> write(Instrument instrument, StoreUnit unit, List<StoredBar> bars) {
    List<StoredBar> given = List.copyOf(bars);
    List<Future<Void>> parts = new ArrayList<>();
    for (int from = 0; from < given.size(); from += BARS_PER_BULK) {
      List<StoredBar> part = given.subList(from, Math.min(given.size(), from + BARS_PER_BULK));
      parts.add(upsert(
          MongoDocuments.BARS,
          now -> part.stream()
              .map(bar -> MongoDocuments.bar(instrument, unit, bar, now))
              .toList()));
    }
    return Future.join(parts).mapEmpty();
  }

  @Override
  public Future<Set<LocalDate>> completeDays(
      Instrument instrument, StoreUnit unit, LocalDate from, LocalDate to) {
    JsonObject filter = MongoDocuments.series(instrument.symbol(), unit)
        .put("date", MongoDocuments.range(from.toString(), to.toString()));
    FindOptions options = new FindOptions()
        .setFields(new JsonObject().put("_id", 0).put("date", 1))
        .setBatchSize(READ_BATCH);
    return find(MongoDocuments.COMPLETE_DAYS, filter, options)
        .map(found -> found.stream()
            .map(document -> LocalDate.parse(document.getString("date")))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Override
  public Future<Void> markComplete(Instrument instrument, StoreUnit unit, Set<LocalDate> days) {
    List<LocalDate> given = List.copyOf(days);
    if (given.isEmpty()) {
      return Future.succeededFuture();
    }
    return upsert(
        MongoDocuments.COMPLETE_DAYS,
        now -> given.stream()
            .map(day -> MongoDocuments.completeDay(instrument, unit, day, now))
            .toList());
  }

  @Override
  public Future<Void> prune(StoreUnit unit, long beforeMillis) {
    TradingCalendar calendar = TradingCalendar.nyse();
    LocalDate oldest = calendar.dateOf(beforeMillis);
    return prune(unit, MongoDocuments.BARS, "timestamp", calendar.startOf(oldest))
        .compose(done -> prune(unit, MongoDocuments.COMPLETE_DAYS, "date", oldest.toString()));
  }

  /** Removes ticker by ticker, so that each removal is served by the unique index. */
  private Future<Void> prune(StoreUnit unit, String collection, String field, Object before) {
    return ask(reading, () -> client.distinct(collection, "ticker", String.class.getName()))
        .compose(tickers -> {
          Future<Void> chain = Future.succeededFuture();
          for (Object ticker : tickers) {
            chain = chain.compose(done -> prune(unit, collection, (String) ticker, field, before));
          }
          return chain;
        });
  }

  private Future<Void> prune(
      StoreUnit unit, String collection, String ticker, String field, Object before) {
    JsonObject filter =
        MongoDocuments.series(ticker, unit).put(field, new JsonObject().put("$lt", before));
    return remove(collection, filter);
  }

  /** Returns documents, found under the watch over reads. */
  Future<List<JsonObject>> find(String collection, JsonObject filter, FindOptions options) {
    return ask(reading, () -> client.findWithOptions(collection, filter, options));
  }

  /** Removes documents. */
  Future<Void> remove(String collection, JsonObject filter) {
    return ask(writing, () -> client.removeDocuments(collection, filter).mapEmpty());
  }

  /** Inserts or replaces documents by their ids, in the order of the calls. */
  Future<Void> upsert(String collection, Function<Instant, List<JsonObject>> documents) {
    return ask(
        writing, () -> writes.upsert(collection, () -> documents.apply(wallClock.instant())));
  }

  private <T> Future<T> ask(Availability availability, Supplier<Future<T>> question) {
    return closed
        ? Future.failedFuture(Availability.closed())
        : availability.watch(Future.succeededFuture().compose(start -> question.get()));
  }

  @Override
  public QuoteStore quotes() {
    return quotes;
  }

  @Override
  public SelectionStore selections() {
    return selections;
  }

  @Override
  public ChainStore chains() {
    return chains;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    return writes
        .drained()
        .timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .recover(failure -> {
          LOG.warn("candle store closed with writes under way [store: {}]", KIND);
          return Future.succeededFuture();
        })
        .eventually(client::close);
  }
}
