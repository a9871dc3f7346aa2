package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the history for the seconds of a series that are shown and not settled: those before the stream was followed,
 * those of a hole, and those of a minute whose volume shows that some are missing. One question at a time. Confined to
 * the hub's event loop.
 */
final class SecondsFill {
  private static final Logger LOG = LoggerFactory.getLogger(SecondsFill.class);

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final Runnable changed;
  private final Backoff backoff;
  private Optional<Promise<Void>> first = Optional.empty();
  private boolean kept;
  private boolean asking;
  private boolean waiting;
  private boolean failing;

  /** Creates the asker; {@code changed} is called after the series changed. */
  SecondsFill(Instrument instrument, CandleSeries series, SeriesParts parts, Runnable changed) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.changed = changed;
    backoff = new Backoff(parts.random());
  }

  /** Keeps seconds from now on; returns when the first question is answered, or failed. */
  Future<Void> keep() {
    if (!kept) {
      kept = true;
      first = Optional.of(Promise.promise());
      series.keepSeconds(parts.now(instrument.assetClass()));
    }
    pump();
    return first.map(Promise::future).orElseGet(Future::succeededFuture);
  }

  /** Stops to keep seconds: nobody looks at them. */
  void drop() {
    if (kept) {
      kept = false;
      series.dropSeconds();
      answered();
    }
  }

  private void answered() {
    first.ifPresent(Promise::tryComplete);
  }

  /** Asks for what is not settled, unless that is under way. */
  void pump() {
    if (!kept || asking || waiting) {
      return;
    }
    Optional<Range> range = series.unsettledSeconds();
    if (range.isEmpty()) {
      return;
    }
    asking = true;
    parts
        .loader()
        .fetch(
            instrument,
            StoreUnit.SECOND,
            range.get(),
            Priority.CHART,
            parts.delayMillis(instrument.assetClass()))
        .onSuccess(part -> {
          failing = false;
          backoff.reset();
          series.onKeptSeconds(part, parts.now(instrument.assetClass()));
        })
        .onFailure(this::failed)
        .onComplete(done -> {
          asking = false;
          answered();
          changed.run();
        });
  }

  private void failed(Throwable cause) {
    FailureException failure = FailureException.of(cause);
    if (!failing) {
      LOG.warn("no seconds [symbol: {}, code: {}]", instrument, failure.code());
    }
    failing = true;
    waiting = true;
    parts.scheduler().after(backoff.failed(failure.retryAfterMillis()), () -> {
      waiting = false;
      pump();
    });
  }
}
