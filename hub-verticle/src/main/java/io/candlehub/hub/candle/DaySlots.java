package io.candlehub.hub.candle;

import io.candlehub.model.IntervalState;
import io.candlehub.model.TradingDay;
import java.util.List;

/**
 * What is known about each session minute of one trading day that has no bar, with the position of the last change.
 * Confined to the hub's event loop.
 */
final class DaySlots {
  static final long MINUTE = 60_000;

  private static final List<IntervalState> STATES = List.of(IntervalState.values());

  private final TradingDay day;
  private final long labelMillis;
  private final long beginMillis;
  private final long dateEndMillis;
  private final IntervalState[] states;
  private final long[] seqs;
  private long lastChangeSeq;
  private long changes;
  private int marked;
  private long postClosedSeq = -1;
  private long closedSeq = -1;

  /**
   * Creates the slots of a day.
   *
   * @param labelMillis the instant by which its day bar is named
   * @param beginMillis its first instant
   * @param dateEndMillis the first instant after it
   */
  DaySlots(TradingDay day, long labelMillis, long beginMillis, long dateEndMillis) {
    this.day = day;
    this.labelMillis = labelMillis;
    this.beginMillis = beginMillis;
    this.dateEndMillis = dateEndMillis;
    int minutes = (int) ((day.postCloseMillis() - day.preOpenMillis()) / MINUTE);
    states = new IntervalState[minutes];
    seqs = new long[minutes];
    for (int i = 0; i < minutes; i++) {
      states[i] = day.isBreak(startMillis(i)) ? IntervalState.CLOSED : null;
    }
  }

  TradingDay day() {
    return day;
  }

  /** Returns the instant by which the day's bar is named. */
  long labelMillis() {
    return labelMillis;
  }

  /** Returns the first instant of the day. */
  long beginMillis() {
    return beginMillis;
  }

  boolean holds(long millis) {
    return millis >= beginMillis && millis < dateEndMillis;
  }

  int minutes() {
    return states.length;
  }

  long startMillis(int i) {
    return day.preOpenMillis() + i * MINUTE;
  }

  /** Returns the slot of a minute, or -1 if it lies outside the day's sessions. */
  int slotOf(long minuteMillis) {
    if (minuteMillis < day.preOpenMillis() || minuteMillis >= day.postCloseMillis()) {
      return -1;
    }
    return (int) ((minuteMillis - day.preOpenMillis()) / MINUTE);
  }

  boolean hasState(int i) {
    return states[i] != null;
  }

  boolean is(int i, IntervalState state) {
    return states[i] == state;
  }

  /** Returns true if the absence of a bar is settled. */
  boolean isSettled(int i) {
    return is(i, IntervalState.QUIET) || is(i, IntervalState.HALTED) || is(i, IntervalState.CLOSED);
  }

  /** Returns the state of a slot that has one. */
  IntervalState state(int i) {
    return states[i];
  }

  long seq(int i) {
    return seqs[i];
  }

  long lastChangeSeq() {
    return lastChangeSeq;
  }

  /** Returns how often a slot has changed. */
  long changes() {
    return changes;
  }

  boolean set(int i, IntervalState state, long seq) {
    if (is(i, state)) {
      return false;
    }
    states[i] = state;
    changed(i, seq);
    return true;
  }

  /** Takes note that a bar was born in this minute. */
  void born(int i, long seq) {
    states[i] = null;
    changed(i, seq);
  }

  private void changed(int i, long seq) {
    seqs[i] = seq;
    lastChangeSeq = seq;
    changes++;
  }

  /** Returns the first slot that was not looked at by the clock yet. */
  int marked() {
    return marked;
  }

  void marked(int slots) {
    marked = slots;
  }

  /** Takes note of session ends that have passed; returns true if one is new. */
  boolean close(long nowMillis, long seq) {
    boolean changed = false;
    if (closedSeq < 0 && nowMillis >= day.closeMillis()) {
      closedSeq = seq;
      changed = true;
    }
    if (postClosedSeq < 0 && nowMillis >= day.postCloseMillis()) {
      postClosedSeq = seq;
      changed = true;
    }
    if (changed) {
      lastChangeSeq = seq;
    }
    return changed;
  }

  /** Writes the slots that changed after a position, run by run, and how far the day has come. */
  void writeTo(DeltaWriter out, long sinceSeq) {
    out.number(marked);
    out.signed(closedSeq);
    out.signed(postClosedSeq);
    for (int from = nextChanged(0, sinceSeq); from < states.length; ) {
      int to = from + 1;
      while (to < states.length && states[to] == states[from] && seqs[to] == seqs[from]) {
        to++;
      }
      out.number(to - from);
      out.number(from);
      out.number(states[from] == null ? 0 : STATES.indexOf(states[from]) + 1);
      out.number(seqs[from]);
      from = nextChanged(to, sinceSeq);
    }
    out.number(0);
  }

  /** What has never changed is as the calendar says. */
  private int nextChanged(int from, long sinceSeq) {
    int slot = lastChangeSeq > sinceSeq ? from : states.length;
    while (slot < states.length && seqs[slot] <= Math.max(0, sinceSeq)) {
      slot++;
    }
    return slot;
  }

  /** Takes what was written. */
  void readFrom(DeltaReader in) {
    marked = in.count();
    closedSeq = in.signed();
    postClosedSeq = in.signed();
    lastChangeSeq = Math.max(lastChangeSeq, Math.max(closedSeq, postClosedSeq));
    for (int length = in.count(); length > 0; length = in.count()) {
      int from = in.count();
      int state = in.count();
      long seq = in.number();
      for (int slot = from; slot < from + length; slot++) {
        states[slot] = state == 0 ? null : STATES.get(state - 1);
        changed(slot, Math.max(seq, lastChangeSeq));
        seqs[slot] = seq;
      }
    }
  }

  /** Returns the position at which the regular session's end was noted, -1 if it was not. */
  long closedSeq() {
    return closedSeq;
  }

  /** Returns the position at which the last session's end was noted, -1 if it was not. */
  long postClosedSeq() {
    return postClosedSeq;
  }
}
