package io.candlehub.hub.history;

import io.candlehub.hub.store.CandleStore;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.hub.store.StoredBar;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes settled minute bars to the store behind the stream: in batches, the newest form of each bar once, never more
 * than one write at a time. A failing store is tried again; the buffer is bounded, and what it loses can be fetched
 * from the provider again. Confined to the hub's event loop.
 */
final class BarWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BarWriter.class);
  private static final Duration BATCH_DELAY = Duration.ofMillis(500);
  private static final int MAX_PENDING = 200_000;
  private static final TreeMap<Long, StoredBar> NONE = new TreeMap<>();

  private final CandleStore store;
  private final Scheduler scheduler;
  private final Backoff backoff;
  private final Map<Instrument, TreeMap<Long, StoredBar>> pending = new LinkedHashMap<>();
  private Instrument sentFor;
  private TreeMap<Long, StoredBar> sent = NONE;
  private int pendingBars;
  private long lostBars;
  private boolean failing;
  private boolean planned;
  private Future<Void> writing = Future.succeededFuture();

  BarWriter(CandleStore store, Scheduler scheduler, Backoff backoff) {
    this.store = store;
    this.scheduler = scheduler;
    this.backoff = backoff;
  }

  /** Takes bars to write, raw. */
  void write(Instrument instrument, List<Bar> bars) {
    TreeMap<Long, StoredBar> queue = pending.computeIfAbsent(instrument, key -> new TreeMap<>());
    for (Bar bar : bars) {
      if (pendingBars >= MAX_PENDING && !queue.containsKey(bar.startMillis())) {
        lostBars++;
      } else if (queue.put(bar.startMillis(), stored(bar)) == null) {
        pendingBars++;
      }
    }
    plan(BATCH_DELAY);
  }

  /** Returns an instrument's bars of a range that are not known to be written, both ends inclusive. */
  NavigableMap<Long, StoredBar> waiting(Instrument instrument, long fromMillis, long toMillis) {
    if (fromMillis > toMillis) {
      return NONE;
    }
    TreeMap<Long, StoredBar> waiting = new TreeMap<>();
    waiting.putAll(instrument.equals(sentFor) ? sent : NONE);
    waiting.putAll(pending.getOrDefault(instrument, NONE));
    return waiting.subMap(fromMillis, true, toMillis, true);
  }

  private void plan(Duration delay) {
    if (!planned && pendingBars > 0) {
      planned = true;
      scheduler.after(delay, this::next);
    }
  }

  private void next() {
    planned = false;
    if (writing.isComplete()) {
      flushOne().onComplete(done -> plan(BATCH_DELAY));
    }
  }

  /** Writes all instruments' bars one after the other; stops at the first failure, which is tried again. */
  private Future<Void> flushOne() {
    if (pending.isEmpty()) {
      return Future.succeededFuture();
    }
    Map.Entry<Instrument, TreeMap<Long, StoredBar>> first =
        pending.entrySet().iterator().next();
    Instrument instrument = first.getKey();
    TreeMap<Long, StoredBar> bars = first.getValue();
    pending.remove(instrument);
    pendingBars -= bars.size();
    sentFor = instrument;
    sent = bars;
    writing = store
        .write(instrument, StoreUnit.MINUTE, new ArrayList<>(bars.values()))
        .onSuccess(done -> recovered())
        .onFailure(failure -> failed(instrument, bars, failure));
    return writing.compose(done -> flushOne());
  }

  private void recovered() {
    sent = NONE;
    backoff.reset();
    if (failing) {
      failing = false;
      LOG.info("store takes bars again [pending: {}]", pendingBars);
    }
  }

  private void failed(Instrument instrument, Map<Long, StoredBar> bars, Throwable failure) {
    sent = NONE;
    TreeMap<Long, StoredBar> newer = pending.computeIfAbsent(instrument, key -> new TreeMap<>());
    for (Map.Entry<Long, StoredBar> bar : bars.entrySet()) {
      if (newer.putIfAbsent(bar.getKey(), bar.getValue()) == null) {
        pendingBars++;
      }
    }
    if (!failing) {
      failing = true;
      LOG.warn("store takes no bars [pending: {}]", pendingBars, failure);
    }
    plan(backoff.failed(0));
  }

  /** Writes what is pending; completes when that is done or has failed once. */
  Future<Void> flush() {
    return writing
        .recover(failure -> Future.succeededFuture())
        .compose(done -> flushOne())
        .recover(failure -> Future.succeededFuture());
  }

  /** Returns how many bars are not known to be written. */
  int pending() {
    return pendingBars + sent.size();
  }

  /** Returns how many bars were not kept because the buffer was full. */
  long lost() {
    return lostBars;
  }

  /** Returns true while the last write failed. */
  boolean isFailing() {
    return failing;
  }

  private static StoredBar stored(Bar bar) {
    return new StoredBar(
        bar.startMillis(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        bar.trades(),
        bar.source(),
        bar.revision());
  }
}
