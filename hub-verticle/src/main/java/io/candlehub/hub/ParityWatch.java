package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Change;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Parity;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Alert;
import io.candlehub.model.Instrument;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a series' final minutes with the provider's history once the time in which the provider sends corrections
 * has passed (architecture §5, parity). One question per quarter of an hour also covers the minutes that may still be
 * corrected, so that a correction the stream lost is repaired at the next question. What another provider answers in place
 * of the first one, or is doubted, compares nothing. Confined to the hub's event loop.
 */
final class ParityWatch {
  /** A provider sends a bar again for about 15 minutes (provider's knowledge base, aggregate bar delays). */
  static final long CORRECTED_FOR_MILLIS = 16 * 60_000L;

  private static final Logger LOG = LoggerFactory.getLogger(ParityWatch.class);
  private static final long MINUTE = 60_000;
  private static final int PERIOD_MINUTES = 15;

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final SeriesFeed feed;
  private final Consumer<Change> applied;
  private long doneToMillis;
  private boolean due;
  private boolean asking;

  ParityWatch(
      Instrument instrument,
      CandleSeries series,
      SeriesParts parts,
      SeriesFeed feed,
      Consumer<Change> applied) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.feed = feed;
    this.applied = applied;
  }

  /** Takes note that the history was just loaded: what is older than the corrections is as the provider has it. */
  void loaded() {
    doneToMillis = Math.max(doneToMillis, minute(now() - CORRECTED_FOR_MILLIS));
  }

  /** Returns up to when the minutes were compared. */
  long doneToMillis() {
    return doneToMillis;
  }

  /** Goes on from where a former owner came to. */
  void adopt(long millis) {
    doneToMillis = millis;
  }

  private long now() {
    return parts.now(instrument.assetClass());
  }

  private static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE) * MINUTE;
  }

  /** Asks when it is this series' turn, which comes every quarter of an hour of market time, spread over symbols. */
  void onClock() {
    long now = now();
    int turn = Math.floorMod(instrument.symbol().hashCode(), PERIOD_MINUTES);
    due |= Math.floorMod(Math.floorDiv(now, MINUTE), (long) PERIOD_MINUTES) == turn;
    if (!due || asking || parts.provider().cooldownMillis() > 0) {
      return;
    }
    long from = Math.max(doneToMillis, series.firstMillis());
    if (!series.hasSessionMinutes(from, now)) {
      due = false;
      return;
    }
    asking = true;
    parts
        .loader()
        .fetch(
            instrument,
            StoreUnit.MINUTE,
            new Range(from, now),
            Priority.READER,
            parts.delayMillis(instrument.assetClass()))
        .onComplete(answer -> {
          asking = false;
          if (answer.succeeded()) {
            due = false;
            if (!answer.result().isOwed()) {
              answered(answer.result());
            }
          } else {
            LOG.debug(
                "no comparison with the history [symbol: {}, code: {}]",
                instrument,
                FailureException.of(answer.cause()).code());
          }
        });
  }

  private void answered(HistoryPart part) {
    long to = minute(part.askedAtMillis() - CORRECTED_FOR_MILLIS);
    Parity parity = series.compare(part, doneToMillis, to);
    parts.meters().parityEqual(parity.equal());
    for (long minute : parity.differing()) {
      String cause = cause(minute);
      parts.meters().parityDifferent(cause);
      if (cause.equals(HubMeters.UNEXPLAINED)) {
        report(parity.differing(), minute);
      }
    }
    doneToMillis = Math.max(doneToMillis, to);
    applied.accept(series.onMinutes(part, now()));
  }

  private String cause(long minute) {
    if (series.isTradeBuilt(minute)) {
      return HubMeters.CONDITION_RULE;
    }
    return feed.missed(minute, minute + MINUTE + CORRECTED_FOR_MILLIS)
        ? HubMeters.FEED_HOLE
        : HubMeters.UNEXPLAINED;
  }

  /** One alert per comparison, for its first unexplained minute. */
  private void report(List<Long> differing, long minute) {
    boolean first = differing.stream()
        .filter(other -> other < minute)
        .noneMatch(other -> cause(other).equals(HubMeters.UNEXPLAINED));
    if (first) {
      parts
          .alerts()
          .accept(new Alert(
              Alert.Kind.PARITY_DIFFERENCE,
              instrument.symbol(),
              "A final bar differed from the provider's history and was revised.",
              minute,
              differing.get(differing.size() - 1) + MINUTE,
              now()));
    }
  }
}
