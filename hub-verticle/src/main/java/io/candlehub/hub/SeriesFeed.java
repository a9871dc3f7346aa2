package io.candlehub.hub;

import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.Change;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.Instrument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Whether a series' stream carries data: tells the candles when it was lost and when it is back, and remembers the
 * holes for as long as a provider may correct what fell into them. Confined to the hub's event loop.
 */
final class SeriesFeed {
  private static final long REMEMBERED_MILLIS = 3_600_000;

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final Consumer<Change> applied;
  private final Deque<Range> holes = new ArrayDeque<>();
  private long holeFromMillis;
  private boolean up;
  private long seenDelayMillis;

  SeriesFeed(
      Instrument instrument, CandleSeries series, SeriesParts parts, Consumer<Change> applied) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.applied = applied;
  }

  boolean isUp() {
    return up;
  }

  /** Takes note that the stream is not followed, at the begin or because nobody wants it. */
  void begin() {
    lose(now());
  }

  /** Goes on where a former owner stopped. */
  void adopt() {
    up = series.isFollowed();
    seenDelayMillis = parts.delayMillis(instrument.assetClass());
    if (!up) {
      begin();
    }
  }

  /** Takes note that events were lost for good since an instant, if the stream was followed. */
  void missed(long fromMillis) {
    if (up) {
      lose(Math.min(fromMillis, now()));
    }
  }

  private void lose(long fromMillis) {
    if (up || holes.isEmpty()) {
      holeFromMillis = fromMillis;
      holes.addLast(new Range(fromMillis, Long.MAX_VALUE));
    }
    up = false;
    applied.accept(series.onFeedLost(fromMillis, now()));
  }

  private long now() {
    return parts.now(instrument.assetClass());
  }

  private String market() {
    return FeedBoard.market(instrument.assetClass());
  }

  /** Looks at connection and topics; returns true if the stream came back. */
  boolean evaluate() {
    boolean carries = parts.topics().isReady(instrument) && !parts.feeds().isDown(market());
    long delay = parts.delayMillis(instrument.assetClass());
    long clock = parts.clock().millis();
    if (up && delay != seenDelayMillis) {
      lose(clock - Math.max(delay, seenDelayMillis));
    }
    if (carries && series.isTradeBuilt() && !parts.topics().needsTrades(instrument)) {
      series.onBarsAgain(now());
    }
    if (carries && !up) {
      up = true;
      seenDelayMillis = delay;
      if (!holes.isEmpty()) {
        holes.removeLast();
        holes.addLast(new Range(holeFromMillis, Math.max(holeFromMillis, now())));
      }
      applied.accept(series.onFeedBack(now()));
      return true;
    }
    if (!carries && up) {
      long frame = Math.min(clock, parts.feeds().lastFrameMillis(market()).orElse(clock));
      lose(frame - delay);
    }
    return false;
  }

  /** Returns true if a hole overlaps [from, to). */
  boolean missed(long fromMillis, long toMillis) {
    while (!holes.isEmpty() && holes.peekFirst().toMillis() < now() - REMEMBERED_MILLIS) {
      holes.removeFirst();
    }
    return holes.stream()
        .anyMatch(hole -> hole.fromMillis() < toMillis && hole.toMillis() >= fromMillis);
  }
}
