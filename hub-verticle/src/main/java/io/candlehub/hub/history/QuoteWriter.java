package io.candlehub.hub.history;

import io.candlehub.hub.store.QuoteStore;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes last quotes behind the stream: the newest of each instrument, all that changed in one write every few seconds. A
 * failed write is tried again. Confined to the hub's event loop.
 */
final class QuoteWriter {
  private static final Duration BATCH_DELAY = Duration.ofSeconds(5);

  private final QuoteStore store;
  private final Scheduler scheduler;
  private final Backoff backoff;
  private final Map<Instrument, Quote> pending = new LinkedHashMap<>();
  private Map<Instrument, Quote> sent = Map.of();
  private boolean failing;
  private boolean planned;
  private Future<Void> writing = Future.succeededFuture();

  QuoteWriter(QuoteStore store, Scheduler scheduler, Backoff backoff) {
    this.store = store;
    this.scheduler = scheduler;
    this.backoff = backoff;
  }

  void write(Quote quote) {
    pending.put(quote.instrument(), quote);
    plan(BATCH_DELAY);
  }

  /** Returns a quote that is not known to be written. */
  Optional<Quote> waiting(Instrument instrument) {
    Quote newest = pending.get(instrument);
    return Optional.ofNullable(newest == null ? sent.get(instrument) : newest);
  }

  /** Returns all quotes that are not known to be written. */
  List<Quote> waiting() {
    Map<Instrument, Quote> all = new LinkedHashMap<>(sent);
    all.putAll(pending);
    return List.copyOf(all.values());
  }

  /** Returns the quotes of an underlying's option contracts that are not known to be written. */
  List<Quote> waitingOfChain(Instrument underlying) {
    return waiting().stream()
        .filter(quote -> QuoteStore.isOfChain(quote.instrument(), underlying))
        .toList();
  }

  boolean isFailing() {
    return failing;
  }

  /** Writes what waits; completes when that is done or has failed once. */
  Future<Void> flush() {
    return writing
        .recover(failure -> Future.succeededFuture())
        .compose(done -> send())
        .recover(failure -> Future.succeededFuture());
  }

  private void plan(Duration delay) {
    if (!planned && !pending.isEmpty()) {
      planned = true;
      scheduler.after(delay, () -> {
        planned = false;
        if (writing.isComplete()) {
          send();
        }
      });
    }
  }

  private Future<Void> send() {
    if (pending.isEmpty()) {
      return Future.succeededFuture();
    }
    sent = new LinkedHashMap<>(pending);
    pending.clear();
    writing = store.write(List.copyOf(sent.values())).onComplete(this::sent, this::failed);
    return writing;
  }

  private void sent(Void done) {
    sent = Map.of();
    failing = false;
    backoff.reset();
    plan(BATCH_DELAY);
  }

  private void failed(Throwable failure) {
    sent.forEach(pending::putIfAbsent);
    sent = Map.of();
    failing = true;
    plan(backoff.failed(0));
  }
}
