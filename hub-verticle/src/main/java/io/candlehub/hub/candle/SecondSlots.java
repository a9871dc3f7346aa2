package io.candlehub.hub.candle;

import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known about each of the last seconds that has no bar, with the position of the last change: a window that
 * moves with the clock. Confined to the hub's event loop.
 */
final class SecondSlots {
  private static final long SECOND = 1_000;

  private final IntervalState[] states;
  private final long[] seqs;
  private long first;
  private long next;
  private long lastChangeSeq;
  private long droppedSeq;

  /**
   * Creates a window that ends at an instant.
   *
   * @param seconds its length
   */
  SecondSlots(int seconds, long nowMillis) {
    states = new IntervalState[seconds];
    seqs = new long[seconds];
    next = Math.floorDiv(nowMillis, SECOND);
    first = next - seconds;
  }

  /** Returns the start of the first second of the window. */
  long firstMillis() {
    return first * SECOND;
  }

  /** Returns the start of the first second that is not named yet. */
  long nextMillis() {
    return next * SECOND;
  }

  private int slot(long second) {
    return (int) Math.floorMod(second, (long) states.length);
  }

  boolean holds(long startMillis) {
    long second = Math.floorDiv(startMillis, SECOND);
    return second >= first && second < next;
  }

  /** Returns true if a second of the window has a state and it is one of those that nothing settles further. */
  boolean isSettled(long startMillis) {
    if (!holds(startMillis)) {
      return false;
    }
    IntervalState state = states[slot(Math.floorDiv(startMillis, SECOND))];
    return state != null && state != IntervalState.SUSPECTED && state != IntervalState.OUTAGE;
  }

  boolean is(long startMillis, IntervalState state) {
    return holds(startMillis) && states[slot(Math.floorDiv(startMillis, SECOND))] == state;
  }

  long seq(long startMillis) {
    return seqs[slot(Math.floorDiv(startMillis, SECOND))];
  }

  /** Returns the position of the newest change, 0 if there was none. */
  long lastChangeSeq() {
    return lastChangeSeq;
  }

  /** Returns the highest position of what has left the window. */
  long droppedSeq() {
    return droppedSeq;
  }

  /** Takes the next second into the window, without a state: it has a bar. */
  void advance() {
    int slot = slot(next);
    droppedSeq = Math.max(droppedSeq, seqs[slot]);
    states[slot] = null;
    seqs[slot] = 0;
    first++;
    next++;
  }

  /** Sets what is known of a second in the window; returns true if it was something else. */
  boolean set(long startMillis, IntervalState state, long seq) {
    int slot = slot(Math.floorDiv(startMillis, SECOND));
    if (states[slot] == state) {
      return false;
    }
    states[slot] = state;
    seqs[slot] = seq;
    lastChangeSeq = seq;
    return true;
  }

  /** Takes note that a bar was born in a second. */
  void born(long startMillis, long seq) {
    if (holds(startMillis)) {
      int slot = slot(Math.floorDiv(startMillis, SECOND));
      states[slot] = null;
      seqs[slot] = seq;
      lastChangeSeq = seq;
    }
  }

  /**
   * Returns the stretches of one state that changed after a position or lie beside a change, in their whole extent,
   * less what bars cover.
   */
  List<Interval> read(long sinceSeq, BarColumns bars, IntervalReader.BarEnd barEnd) {
    List<Interval> found = new ArrayList<>();
    if (lastChangeSeq <= sinceSeq) {
      return found;
    }
    long second = first;
    while (second < next) {
      IntervalState state = states[slot(second)];
      long from = second;
      long highest = from > first ? seqs[slot(from - 1)] : 0;
      while (second < next && states[slot(second)] == state) {
        highest = Math.max(highest, seqs[slot(second)]);
        second++;
      }
      highest = second < next ? Math.max(highest, seqs[slot(second)]) : highest;
      if (state != null && highest > sinceSeq) {
        IntervalReader.emit(found, from * SECOND, second * SECOND, state, bars, barEnd);
      }
    }
    return found;
  }
}
