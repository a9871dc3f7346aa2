package io.candlehub.hub.candle;

import io.candlehub.model.IntervalState;
import java.util.ArrayList;
import java.util.List;

/**
 * What could be seen of an instrument: since when its stream is complete, where a hole began, when trading was paused.
 * It decides what a minute without a bar is called while the history has not settled it, and what it is called then.
 * Confined to the hub's event loop.
 */
final class Sight {
  private static final long MINUTE = DaySlots.MINUTE;
  private static final long NEVER = Long.MAX_VALUE;

  private final MinuteBook book;
  private final long confirmDelayMillis;
  private final List<Range> halts = new ArrayList<>();
  private long changes;
  private boolean clocked;
  private long clockedUntilMillis = Long.MIN_VALUE;
  private long haltedFromMillis = NEVER;
  private long haltedBeforeHoleMillis = NEVER;
  private long followedFromMillis = NEVER;
  private long seenFromMillis = NEVER;
  private long holeFromMillis = NEVER;

  Sight(MinuteBook book, long confirmDelayMillis) {
    this.book = book;
    this.confirmDelayMillis = confirmDelayMillis;
  }

  /** Returns how often anything was noted. */
  long changes() {
    return changes;
  }

  /** Returns true if every second of a minute could be seen, or was asked for. */
  boolean isWhole(long minuteMillis) {
    return minuteMillis >= seenFromMillis;
  }

  /** Takes note that a minute's seconds before the stream began were asked for. */
  void completed(long minuteMillis) {
    changes++;
    if (seenFromMillis != NEVER) {
      seenFromMillis = Math.min(seenFromMillis, minuteMillis);
    }
  }

  /** Says that the stream alone tells which minutes had no trade, because no minute channel confirms any. */
  void clocked() {
    changes++;
    clocked = true;
    for (DaySlots slots : book.ring().days()) {
      for (int slot = 0; slot < slots.marked(); slot++) {
        if (slots.is(slot, IntervalState.SUSPECTED)) {
          book.setState(slots, slot, unsettled(slots.startMillis(slot)));
        }
      }
    }
  }

  /** Says that streamed minutes tell again which had a trade. */
  void confirmed(long nowMillis) {
    changes++;
    clocked = false;
    clockedUntilMillis = nowMillis;
  }

  /** Returns true if the stream alone told of a minute, as far as this node knows. */
  boolean isClocked(long minuteMillis) {
    return clocked || minuteMillis < clockedUntilMillis;
  }

  /** Returns true if the stream alone tells which minutes had no trade. */
  boolean isClocked() {
    return clocked;
  }

  /** Returns true if trading is paused as far as the stream told. */
  boolean isHalted() {
    return haltedFromMillis != NEVER;
  }

  /** Names the minutes that are over for the confirm delay and have no bar. */
  void mark(DaySlots slots, long nowMillis) {
    noticeTrading();
    int slot = slots.marked();
    while (slot < slots.minutes()
        && slots.startMillis(slot) + MINUTE + confirmDelayMillis <= nowMillis) {
      if (!slots.hasState(slot) && book.ring().bars().indexOf(slots.startMillis(slot)) < 0) {
        book.setState(slots, slot, unsettled(slots.startMillis(slot)));
      }
      slot++;
    }
    slots.marked(slot);
  }

  private IntervalState unsettled(long minuteMillis) {
    if (minuteMillis + MINUTE > holeFromMillis) {
      return IntervalState.OUTAGE;
    }
    if (isWhollyPaused(minuteMillis)) {
      return IntervalState.HALTED;
    }
    if (clocked && isWhole(minuteMillis)) {
      return isPaused(minuteMillis) ? IntervalState.HALTED : IntervalState.QUIET;
    }
    return IntervalState.SUSPECTED;
  }

  /** Settles the minutes without bars in the part of a day that an answer of the history covers. */
  void settle(HistoryPart part, DaySlots slots) {
    long trustedEnd = part.askedAtMillis() == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : part.askedAtMillis() - confirmDelayMillis;
    for (int slot = 0; slot < slots.minutes(); slot++) {
      long minute = slots.startMillis(slot);
      boolean asked = minute >= part.fromMillis() && minute <= part.toMillis();
      boolean open = !slots.is(slot, IntervalState.CLOSED);
      if (open
          && asked
          && minute + MINUTE <= trustedEnd
          && book.ring().bars().indexOf(minute) < 0) {
        book.setState(slots, slot, isPaused(minute) ? IntervalState.HALTED : IntervalState.QUIET);
      }
    }
  }

  private boolean isPaused(long minuteMillis) {
    return isPaused(minuteMillis, minuteMillis + MINUTE);
  }

  /** Returns true if nothing can have traded in a minute. */
  private boolean isWhollyPaused(long minuteMillis) {
    return minuteMillis >= haltedFromMillis
        || halts.stream()
            .anyMatch(halt ->
                halt.fromMillis() <= minuteMillis && halt.toMillis() >= minuteMillis + MINUTE);
  }

  /** Returns true if trading was paused in a part of [from, to). */
  boolean isPaused(long fromMillis, long toMillis) {
    return toMillis > haltedFromMillis
        || halts.stream()
            .anyMatch(halt -> halt.fromMillis() < toMillis && halt.toMillis() > fromMillis);
  }

  /** Returns true if a part of [from, to) lies before the stream was followed or in a hole that lasts. */
  boolean isMissed(long fromMillis, long toMillis) {
    return fromMillis < seenFromMillis || toMillis > holeFromMillis;
  }

  /**
   * Takes note that nothing could be seen from an instant on. Minutes suspected since are an outage; so are those that were
   * taken for paused, since the end of the pause could not be seen either.
   */
  void lost(long fromMillis) {
    changes++;
    seenFromMillis = NEVER;
    followedFromMillis = NEVER;
    if (holeFromMillis != NEVER) {
      return;
    }
    holeFromMillis = fromMillis;
    long paused = haltedFromMillis;
    resume(fromMillis);
    haltedBeforeHoleMillis = paused;
    for (DaySlots slots : book.ring().days()) {
      for (int slot = 0; slot < slots.marked(); slot++) {
        boolean unknown =
            slots.is(slot, IntervalState.SUSPECTED) || slots.is(slot, IntervalState.HALTED);
        if (unknown && slots.startMillis(slot) + MINUTE > fromMillis) {
          book.setState(slots, slot, IntervalState.OUTAGE);
        }
      }
    }
  }

  /** Takes note that everything is seen from now on; what was missed stays an outage until the history fills it. */
  void back(long nowMillis) {
    changes++;
    holeFromMillis = NEVER;
    seenFromMillis = Math.min(seenFromMillis, nowMillis);
    followedFromMillis = Math.min(followedFromMillis, nowMillis);
  }

  /** Returns true if the stream is followed and not in a hole. */
  boolean isFollowed() {
    return followedFromMillis != NEVER && holeFromMillis == NEVER;
  }

  /** Takes note that of earlier minutes nothing but their bars is known here. */
  void takenOver(long wholeFromMillis) {
    changes++;
    if (seenFromMillis != NEVER) {
      seenFromMillis = Math.max(followedFromMillis, wholeFromMillis);
    }
  }

  /** Writes everything. */
  void writeTo(DeltaWriter out) {
    out.flag(clocked);
    instant(out, haltedFromMillis);
    instant(out, haltedBeforeHoleMillis);
    instant(out, followedFromMillis);
    instant(out, seenFromMillis);
    instant(out, holeFromMillis);
    out.number(halts.size());
    for (Range halt : halts) {
      out.signed(halt.fromMillis());
      out.number(halt.toMillis() - halt.fromMillis());
    }
  }

  private static void instant(DeltaWriter out, long millis) {
    out.flag(millis != NEVER);
    if (millis != NEVER) {
      out.signed(millis);
    }
  }

  private static long instant(DeltaReader in) {
    return in.flag() ? in.signed() : NEVER;
  }

  /** Takes what was written instead of what is known. */
  void readFrom(DeltaReader in) {
    clocked = in.flag();
    haltedFromMillis = instant(in);
    haltedBeforeHoleMillis = instant(in);
    followedFromMillis = instant(in);
    seenFromMillis = instant(in);
    holeFromMillis = instant(in);
    halts.clear();
    for (int left = in.count(); left > 0; left--) {
      long from = in.signed();
      halts.add(new Range(from, from + in.number()));
    }
  }

  /** Takes note that trading is paused; minutes without trades since are called so. */
  void halt(long atMillis) {
    changes++;
    if (haltedFromMillis == NEVER) {
      haltedFromMillis = Math.min(atMillis, pausedSince(atMillis));
      renamePaused();
    }
  }

  /** Takes note that trading goes on. */
  void resume(long atMillis) {
    changes++;
    long from = Math.min(haltedFromMillis, pausedSince(atMillis));
    if (from < atMillis) {
      halts.add(new Range(from, atMillis));
      renamePaused();
    }
    haltedFromMillis = NEVER;
    haltedBeforeHoleMillis = NEVER;
  }

  /** A pause that began before a hole went on through it, if nothing traded in between. */
  private long pausedSince(long atMillis) {
    BarColumns bars = book.ring().bars();
    int next = bars.lowerBound(Math.min(haltedBeforeHoleMillis, atMillis));
    boolean traded = next < bars.size() && bars.startMillis(next) + MINUTE <= atMillis;
    return traded ? NEVER : haltedBeforeHoleMillis;
  }

  /** Whatever was not told about it: who trades in a minute after the one in which trading was paused goes on trading. */
  private void noticeTrading() {
    if (haltedFromMillis != NEVER) {
      BarColumns bars = book.ring().bars();
      int next =
          bars.lowerBound(haltedFromMillis - Math.floorMod(haltedFromMillis, MINUTE) + MINUTE);
      if (next < bars.size()) {
        resume(bars.startMillis(next));
      }
    }
  }

  private void renamePaused() {
    for (DaySlots slots : book.ring().days()) {
      for (int slot = 0; slot < slots.marked(); slot++) {
        long minute = slots.startMillis(slot);
        boolean paused = slots.is(slot, IntervalState.QUIET)
            ? isPaused(minute)
            : slots.is(slot, IntervalState.SUSPECTED) && isWhollyPaused(minute);
        if (paused) {
          book.setState(slots, slot, IntervalState.HALTED);
        }
      }
    }
  }

  /** Forgets pauses that ended before an instant. */
  void dropBefore(long millis) {
    halts.removeIf(halt -> halt.toMillis() < millis);
  }
}
