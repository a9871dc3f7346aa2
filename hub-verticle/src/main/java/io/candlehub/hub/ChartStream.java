package io.candlehub.hub;

import io.candlehub.bus.StreamPositions;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Reading;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.StreamKey;
import java.util.List;
import java.util.Optional;

/**
 * One chart stream: turns what changed in a series since the last publication into one update, and answers snapshots
 * and resumes from memory. Confined to the hub's event loop.
 */
final class ChartStream {
  private final StreamKey key;
  private final Instrument barsOf;
  private final CandleSeries series;
  private String publishedEpoch;
  private long publishedSeq;
  private Optional<Health> publishedHealth = Optional.empty();

  /** Creates the stream of a chart that shows an instrument's series. */
  ChartStream(StreamKey key, Instrument barsOf, CandleSeries series) {
    this.key = key;
    this.barsOf = barsOf;
    this.series = series;
    publishedEpoch = series.epoch();
    publishedSeq = series.seq();
  }

  StreamKey key() {
    return key;
  }

  /** Takes all changes so far as published: nobody has seen the stream yet. */
  void skip() {
    publishedEpoch = series.epoch();
    publishedSeq = series.seq();
  }

  /** Returns the position up to which clients were told. */
  long publishedSeq() {
    return publishedSeq;
  }

  /** Returns what was published last, or empty if nothing has been since this node owns the stream. */
  Optional<StreamPositions.Chart> position(long term) {
    return publishedHealth.map(health -> new StreamPositions.Chart(
        key, term, publishedEpoch, Math.max(0, publishedSeq), health.verdictCode()));
  }

  /** Takes what a former owner has published up to a position as published, and nothing since. */
  void continueFrom(long knownSeq) {
    publishedSeq = knownSeq;
  }

  /** Returns what to publish now, or empty if nothing changed that a client would see. */
  Optional<ChartUpdate> next(Health health, SessionInfo session) {
    if (!publishedEpoch.equals(series.epoch())) {
      publishedEpoch = series.epoch();
      publishedSeq = -1;
    }
    boolean moved = series.seq() > publishedSeq;
    boolean sameVerdict = publishedHealth.map(health::sameVerdict).orElse(false);
    if (!moved && sameVerdict) {
      return Optional.empty();
    }
    Reading reading = moved ? read(publishedSeq) : new Reading(List.of(), List.of(), List.of());
    if (reading.isEmpty() && sameVerdict) {
      return Optional.empty();
    }
    ChartUpdate update = update(reading, publishedSeq, health, session);
    publishedSeq = series.seq();
    publishedHealth = Optional.of(health);
    return Optional.of(update);
  }

  /** Returns all that changed after a position of this epoch, or empty if the position is none of ours. */
  Optional<ChartUpdate> resume(String epoch, long sinceSeq, Health health, SessionInfo session) {
    if (!epoch.equals(series.epoch())
        || sinceSeq > series.seq()
        || sinceSeq < series.floorSeq(key.timeframe())) {
      return Optional.empty();
    }
    return Optional.of(update(read(sinceSeq), sinceSeq, health, session));
  }

  ChartSnapshot snapshot(
      Health health, SessionInfo session, long lastUpdatedAtMillis, boolean changeSeqs) {
    Reading reading = read(-1);
    return new ChartSnapshot(
        key,
        barsOf.symbol(),
        reading.bars(),
        reading.intervals(),
        health,
        session,
        series.epoch(),
        series.seq(),
        lastUpdatedAtMillis,
        changeSeqs ? reading.changeSeqs() : List.of());
  }

  private Reading read(long sinceSeq) {
    return series.views().read(key.timeframe(), key.sessionMode(), sinceSeq);
  }

  private ChartUpdate update(Reading reading, long fromSeq, Health health, SessionInfo session) {
    return new ChartUpdate(
        key,
        reading.bars(),
        reading.intervals(),
        health,
        session,
        series.epoch(),
        Math.max(0, fromSeq),
        series.seq());
  }
}
