package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import java.util.List;
import java.util.OptionalLong;

/**
 * The bars of one intraday timeframe and session mode, derived from the ring's minutes. Confined to the hub's event
 * loop.
 *
 * <p>A bar is final when all its session minutes are settled, {@code outage} when its time is over and minutes could
 * not be seen, else live. Once final it changes only by revision.
 */
final class RollUp {
  private final Timeframe timeframe;
  private final SessionMode mode;
  private final BarColumns bars = new BarColumns();
  private final BarFold fold = new BarFold();

  RollUp(Timeframe timeframe, SessionMode mode) {
    this.timeframe = timeframe;
    this.mode = mode;
  }

  Timeframe timeframe() {
    return timeframe;
  }

  SessionMode mode() {
    return mode;
  }

  BarColumns bars() {
    return bars;
  }

  /** Returns the start of the bar that holds a minute, or empty if this roll-up does not show it. */
  OptionalLong startOf(DaySlots slots, long minuteMillis) {
    return Anchors.startOf(timeframe, mode, slots.day(), minuteMillis);
  }

  /** Derives one bar again after a minute in it changed. */
  void refresh(MinuteRing ring, DaySlots slots, long startMillis, long nowMillis, long seq) {
    long end = Anchors.endOf(timeframe, mode, slots.day(), startMillis);
    fold.clear();
    BarColumns minutes = ring.bars();
    int i = minutes.lowerBound(startMillis);
    for (; i < minutes.size() && minutes.startMillis(i) < end; i++) {
      minutes.addTo(fold, i);
    }
    if (fold.isEmpty()) {
      return;
    }
    MinuteRing.Tally tally = ring.tally(slots, startMillis, end, nowMillis);
    int at = bars.indexOf(startMillis);
    Bar derived = fold.toBar(startMillis, state(tally), 0, tally.coverage());
    if (at >= 0) {
      derived = Revisions.continued(bars.bar(at), derived);
      if (derived.equals(bars.bar(at))) {
        return;
      }
    }
    bars.put(derived, 0, seq);
  }

  private static BarState state(MinuteRing.Tally tally) {
    if (tally.isSettled()) {
      return BarState.FINAL;
    }
    return tally.isOver() && tally.outage() > 0 ? BarState.OUTAGE : BarState.LIVE;
  }

  /** Puts older bars than the ring can derive, which are final; bars that are there already stay. */
  void putOlder(List<Bar> older, long beforeMillis, long seq) {
    for (Bar bar : older) {
      if (bar.startMillis() < beforeMillis && bars.indexOf(bar.startMillis()) < 0) {
        bars.put(bar, 0, seq);
      }
    }
  }
}
