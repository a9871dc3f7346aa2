package io.candlehub.hub.candle;

import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the ring's stretches without bars, run-length and ascending.
 *
 * <p>A stretch is read again when it or one of the minutes beside it changed, in its whole present extent, so that a
 * reader that lets each new stretch and each new bar replace what it overlaps always holds the present state.
 */
final class IntervalReader {
  private final MinuteRing ring;
  private final TradingCalendar calendar;
  private final SessionMode mode;
  private final long sinceSeq;
  private final List<Run> runs = new ArrayList<>();

  private IntervalReader(
      MinuteRing ring, TradingCalendar calendar, SessionMode mode, long sinceSeq) {
    this.ring = ring;
    this.calendar = calendar;
    this.mode = mode;
    this.sinceSeq = sinceSeq;
  }

  /** Says how far a bar of the view reaches; a bar the view does not show reaches nowhere, to its own start. */
  @FunctionalInterface
  interface BarEnd {
    long endMillis(long startMillis);
  }

  /** Returns the stretches that changed after a position, without what the bars of a view cover. */
  static List<Interval> read(
      MinuteRing ring,
      TradingCalendar calendar,
      SessionMode mode,
      long sinceSeq,
      BarColumns bars,
      BarEnd barEnd) {
    if (ring.days().stream().allMatch(day -> day.lastChangeSeq() <= sinceSeq)) {
      return List.of();
    }
    IntervalReader reader = new IntervalReader(ring, calendar, mode, sinceSeq);
    reader.collect();
    return reader.changed(bars, barEnd);
  }

  private static final class Run {
    private final long fromMillis;
    private long toMillis;
    private final Optional<IntervalState> state;
    private final long firstSeq;
    private long lastSeq;
    private long highestSeq;

    Run(long fromMillis, long toMillis, Optional<IntervalState> state, long seq) {
      this.fromMillis = fromMillis;
      this.toMillis = toMillis;
      this.state = state;
      this.firstSeq = seq;
      this.lastSeq = seq;
      this.highestSeq = seq;
    }
  }

  private void collect() {
    List<DaySlots> days = ring.days();
    for (int d = 0; d < days.size(); d++) {
      DaySlots slots = days.get(d);
      int from = mode == SessionMode.REGULAR ? slots.slotOf(slots.day().openMillis()) : 0;
      int to = mode == SessionMode.REGULAR
          ? from + (int) ((slots.day().closeMillis() - slots.day().openMillis()) / DaySlots.MINUTE)
          : slots.minutes();
      for (int i = from; i < to; i++) {
        Optional<IntervalState> state =
            slots.hasState(i) ? Optional.of(slots.state(i)) : Optional.empty();
        long start = slots.startMillis(i);
        append(new Run(start, start + DaySlots.MINUTE, state, slots.seq(i)));
      }
      long closedSeq = mode == SessionMode.REGULAR ? slots.closedSeq() : slots.postClosedSeq();
      if (closedSeq >= 0) {
        TradingDay next = d + 1 < days.size()
            ? days.get(d + 1).day()
            : calendar.next(slots.day().date());
        Optional<IntervalState> closed = Optional.of(IntervalState.CLOSED);
        append(new Run(end(slots.day()), begin(next), closed, closedSeq));
      }
    }
  }

  private long begin(TradingDay day) {
    return mode == SessionMode.REGULAR ? day.openMillis() : day.preOpenMillis();
  }

  private long end(TradingDay day) {
    return mode == SessionMode.REGULAR ? day.closeMillis() : day.postCloseMillis();
  }

  private void append(Run next) {
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last == null || !last.state.equals(next.state) || last.toMillis != next.fromMillis) {
      runs.add(next);
      return;
    }
    last.toMillis = next.toMillis;
    last.lastSeq = next.lastSeq;
    last.highestSeq = Math.max(last.highestSeq, next.highestSeq);
  }

  private List<Interval> changed(BarColumns bars, BarEnd barEnd) {
    List<Interval> found = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      boolean changed = run.highestSeq > sinceSeq
          || (i > 0 && runs.get(i - 1).lastSeq > sinceSeq)
          || (i + 1 < runs.size() && runs.get(i + 1).firstSeq > sinceSeq);
      if (run.state.isPresent() && changed) {
        emit(found, run.fromMillis, run.toMillis, run.state.get(), bars, barEnd);
      }
    }
    return found;
  }

  /** Adds [from, to) to a list, less what bars cover. */
  static void emit(
      List<Interval> found,
      long fromMillis,
      long toMillis,
      IntervalState state,
      BarColumns bars,
      BarEnd barEnd) {
    long from = fromMillis;
    int i = bars.lowerBound(from);
    if (i > 0) {
      from = Math.max(from, barEnd.endMillis(bars.startMillis(i - 1)));
    }
    for (; i < bars.size() && bars.startMillis(i) < toMillis; i++) {
      long start = bars.startMillis(i);
      long end = barEnd.endMillis(start);
      if (end > start) {
        add(found, from, start, state);
        from = Math.max(from, end);
      }
    }
    add(found, from, toMillis, state);
  }

  private static void add(List<Interval> found, long from, long to, IntervalState state) {
    if (from < to) {
      found.add(new Interval(from, to, state));
    }
  }
}
