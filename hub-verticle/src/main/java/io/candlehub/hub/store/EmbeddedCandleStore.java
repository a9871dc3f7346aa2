package io.candlehub.hub.store;

import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps bars in one file on the local disk.
 *
 * <p>All work runs on one worker thread in the order of the calls. Changes that wait behind each other share one commit,
 * so many small writes cost one flush of the disk. After a failure of the disk the file is opened anew by the next call.
 */
final class EmbeddedCandleStore implements CandleStore {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCandleStore.class);
  private static final String KIND = "embedded";
  private static final int MAX_CHANGES_PER_COMMIT = 256;
  private static final int COMPACTION_MILLIS = 200;
  private static final int MAX_COMPACTIONS = 50;

  private final WorkerExecutor worker;
  private final Path folder;
  private final Queue<StoreJob<?>> jobs = new ConcurrentLinkedQueue<>();
  private final Availability reading = new Availability(KIND, "read", UnaryOperator.identity());
  private final Availability writing = new Availability(KIND, "write", UnaryOperator.identity());
  private final QuoteStore quotes = new EmbeddedQuotes(this);
  private final SelectionStore selections = new EmbeddedSelections(this);
  private final ChainStore chains;
  /** Used by the worker thread only. */
  private CandleFile file;

  private volatile boolean closed;

  private EmbeddedCandleStore(
      WorkerExecutor worker, Path folder, CandleFile file, InstantSource wallClock) {
    this.worker = worker;
    this.folder = folder;
    this.file = file;
    chains = new EmbeddedChains(this, wallClock);
  }

  /**
   * Opens the store.
   *
   * @param name the market's storage name
   * @param fresh true to begin empty
   * @param wallClock tells how long a chain has been kept
   * @return the store; fails with {@link io.candlehub.model.SettingException} if the folder cannot be used
   */
  static Future<CandleStore> open(
      Vertx vertx, Path dataDir, String name, boolean fresh, InstantSource wallClock) {
    Path folder = dataDir.resolve(name);
    WorkerExecutor worker = vertx.createSharedWorkerExecutor("candle-store-" + name, 1);
    return worker
        .<CandleStore>executeBlocking(() ->
            new EmbeddedCandleStore(worker, folder, CandleFile.open(folder, fresh), wallClock))
        .onSuccess(store -> LOG.info("candle store opened [store: {}, folder: {}]", KIND, folder))
        .recover(failure ->
            worker.close().transform(closing -> Future.<CandleStore>failedFuture(failure)));
  }

  @Override
  public Future<BarBlock> read(
      Instrument instrument, StoreUnit unit, long fromMillis, long toMillis) {
    return look(candles -> candles.read(instrument, unit, fromMillis, toMillis));
  }

  @Override
  public Future<Void> write(Instrument instrument, StoreUnit unit, List<StoredBar> bars) {
    List<StoredBar> given = List.copyOf(bars);
    return change(candles -> candles.write(instrument, unit, given));
  }

  @Override
  public Future<Set<LocalDate>> completeDays(
      Instrument instrument, StoreUnit unit, LocalDate from, LocalDate to) {
    return look(candles -> candles.completeDays(instrument, unit, from, to));
  }

  @Override
  public Future<Void> markComplete(Instrument instrument, StoreUnit unit, Set<LocalDate> days) {
    Set<LocalDate> given = Set.copyOf(days);
    return change(candles -> candles.markComplete(instrument, unit, given));
  }

  @Override
  public Future<Void> prune(StoreUnit unit, long beforeMillis) {
    return change(candles -> candles.prune(unit, beforeMillis))
        .compose(pruned -> compact(MAX_COMPACTIONS));
  }

  /** Compacts in short steps, between which other work gets its turn. */
  private Future<Void> compact(int stepsLeft) {
    return writing
        .watch(submit(false, candles -> candles.compact(COMPACTION_MILLIS)))
        .compose(
            gained -> gained && stepsLeft > 1 ? compact(stepsLeft - 1) : Future.succeededFuture());
  }

  /** Reads from the file after all work submitted before. */
  <T> Future<T> look(Function<CandleFile, T> work) {
    return reading.watch(submit(false, work));
  }

  /** Changes the file after all work submitted before. */
  Future<Void> change(Consumer<CandleFile> work) {
    return writing.watch(submit(true, candles -> {
      work.accept(candles);
      return null;
    }));
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
    Future<Void> last = submit(false, candles -> {
      candles.close();
      return null;
    });
    closed = true;
    return last.recover(failure -> {
          LOG.warn("candle file did not close cleanly [folder: {}]", folder, failure);
          return Future.succeededFuture();
        })
        .eventually(worker::close);
  }

  /**
   * Does work on the file after all work submitted before.
   *
   * @param change true if its effect has to be committed before the future completes
   */
  <T> Future<T> submit(boolean change, Function<CandleFile, T> work) {
    if (closed) {
      return Future.failedFuture(Availability.closed());
    }
    StoreJob<T> job = new StoreJob<>(change, work);
    jobs.add(job);
    return worker.executeBlocking(() -> {
      while (!job.isDone()) {
        runNext();
      }
      return job.outcome();
    });
  }

  private void runNext() {
    StoreJob<?> first = jobs.remove();
    CandleFile candles;
    try {
      candles = openFile();
    } catch (RuntimeException e) {
      first.fail(e);
      return;
    }
    first.run(candles);
    if (first.isChange()) {
      commit(candles, changesFrom(first, candles));
    }
  }

  private List<StoreJob<?>> changesFrom(StoreJob<?> first, CandleFile candles) {
    List<StoreJob<?>> changes = new ArrayList<>();
    changes.add(first);
    StoreJob<?> next = jobs.peek();
    while (next != null && next.isChange() && changes.size() < MAX_CHANGES_PER_COMMIT) {
      jobs.remove();
      next.run(candles);
      changes.add(next);
      next = jobs.peek();
    }
    return changes;
  }

  private static void commit(CandleFile candles, List<StoreJob<?>> changes) {
    try {
      candles.commit();
    } catch (RuntimeException e) {
      changes.forEach(change -> change.fail(e));
      candles.abandon();
    }
  }

  private CandleFile openFile() {
    if (file.isClosed()) {
      file = CandleFile.open(folder, false);
    }
    return file;
  }
}
