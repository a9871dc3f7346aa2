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
  private long doneSeq;

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

  /** Returns the bars, those derived again whose minutes changed since the last call. */
  BarColumns refreshed(MinuteRing ring, long nowMillis, long seq) {
    if (ring.lastChangeSeq() > doneSeq) {
      BarColumns minutes = ring.bars();
      long done = Long.MIN_VALUE;
      for (int i = 0; i < minutes.size(); i++) {
        if (minutes.changeSeq(i) > doneSeq) {
          done = refresh(ring, minutes.startMillis(i), done, nowMillis, seq);
        }
      }
      for (DaySlots slots : ring.days()) {
        for (int i = 0; i < slots.minutes() && slots.lastChangeSeq() > doneSeq; i++) {
          if (slots.seq(i) > doneSeq) {
            done = refresh(ring, slots.startMillis(i), done, nowMillis, seq);
          }
        }
      }
      doneSeq = seq;
    }
    return bars;
  }

  private long refresh(MinuteRing ring, long minute, long done, long nowMillis, long seq) {
    DaySlots slots = ring.dayOf(minute).orElseThrow();
    OptionalLong start = Anchors.startOf(timeframe, mode, slots.day(), minute);
    if (start.isEmpty() || start.getAsLong() == done) {
      return done;
    }
    derive(ring, slots, start.getAsLong(), nowMillis, seq);
    return start.getAsLong();
  }

  /** Derives one bar again. */
  private void derive(MinuteRing ring, DaySlots slots, long startMillis, long nowMillis, long seq) {
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

  /** Writes what changed after a position and cannot be derived from the minutes. */
  void writeTo(DeltaWriter out, long sinceSeq, boolean rolled, long firstMillis) {
    bars.write(out, i -> {
      boolean older = bars.startMillis(i) < firstMillis;
      boolean changed = bars.changeSeq(i) > sinceSeq;
      return bars.isFinal(i) ? changed : older && (changed || rolled);
    });
  }

  /** Lets the next reading derive everything again. */
  void restart() {
    doneSeq = -1;
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
