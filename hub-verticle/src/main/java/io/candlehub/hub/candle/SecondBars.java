package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarState;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.feed.AggregateEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The seconds of the last hour and their roll-ups of 5 and 15 seconds, kept only while somebody looks at them.
 *
 * <p>A streamed second is final when it comes, or when it is over by our clock, should that lag. A second without a bar is suspected until its minute is confirmed: if the
 * minute's volume is the sum of its seconds, nothing is missing and the others were quiet; if not, the history is asked.
 * Confined to the hub's event loop.
 */
final class SecondBars {
  private static final long SECOND = 1_000;
  private static final long MINUTE = DaySlots.MINUTE;
  private static final int WINDOW = 3_600;
  private static final double SAME_VOLUME = 1e-6;

  private final MinuteBook book;
  private final Sight sight;
  private final long confirmDelayMillis;
  private final BarColumns seconds = new BarColumns();
  private final SecondSlots slots;
  private final SecondRollUp fives;
  private final SecondRollUp fifteens;
  private final SecondDoubts doubts;
  private long checkedToMillis;
  private long droppedSeq;
  private long firstLiveMillis = Long.MAX_VALUE;

  SecondBars(MinuteBook book, Sight sight, long confirmDelayMillis, long nowMillis) {
    this.book = book;
    this.sight = sight;
    this.confirmDelayMillis = confirmDelayMillis;
    slots = new SecondSlots(WINDOW, nowMillis - WINDOW * SECOND);
    fives = new SecondRollUp(Timeframe.S5, seconds, slots);
    fifteens = new SecondRollUp(Timeframe.S15, seconds, slots);
    droppedSeq = book.seq();
    checkedToMillis = Math.floorDiv(slots.nextMillis(), MINUTE) * MINUTE;
    doubts = new SecondDoubts(confirmDelayMillis);
    advance(nowMillis);
  }

  /** Takes note that a final minute was restated: what restated its seconds may not have come, or not yet. */
  void minuteRevised(long minuteMillis, long nowMillis) {
    doubts.add(minuteMillis, nowMillis);
  }

  /** Takes a streamed second; returns true if it changed something. */
  boolean put(AggregateEvent event, long nowMillis) {
    if (event.span() != AggregateEvent.Span.SECOND || event.startMillis() < slots.firstMillis()) {
      return false;
    }
    Bar bar = FinalBars.of(event);
    if (isOver(event.startMillis(), nowMillis)) {
      return put(bar, nowMillis);
    }
    firstLiveMillis = Math.min(firstLiveMillis, event.startMillis());
    return put(Revisions.with(bar, BarState.LIVE, 0), nowMillis);
  }

  private static boolean isOver(long startMillis, long nowMillis) {
    return startMillis <= nowMillis;
  }

  /** Makes the streamed seconds final that were not over by our clock when they came; true if there were any. */
  private boolean finish(long nowMillis) {
    boolean changed = false;
    int i =
        firstLiveMillis == Long.MAX_VALUE ? seconds.size() : seconds.lowerBound(firstLiveMillis);
    while (i < seconds.size() && isOver(seconds.startMillis(i), nowMillis)) {
      if (!seconds.isFinal(i)) {
        Bar over = Revisions.with(seconds.bar(i), BarState.FINAL, 0);
        changed |= put(over, seconds.knownAtMillis(i));
      }
      i++;
    }
    firstLiveMillis = i < seconds.size() ? seconds.startMillis(i) : Long.MAX_VALUE;
    return changed;
  }

  private boolean put(Bar bar, long knownAtMillis) {
    int at = seconds.indexOf(bar.startMillis());
    if (at >= 0 && seconds.bar(at).sameValues(bar) && seconds.isFinal(at)) {
      return false;
    }
    Bar next = at >= 0 ? Revisions.continued(seconds.bar(at), bar) : bar;
    seconds.put(next, knownAtMillis, book.nextSeq());
    slots.born(bar.startMillis(), book.nextSeq());
    return true;
  }

  /** Takes an answer of the history for seconds; returns true if it changed something. */
  boolean put(HistoryPart part) {
    boolean changed = false;
    BarBlock block = part.bars();
    for (int i = 0; i < block.size(); i++) {
      long start = block.startMillis(i);
      int at = seconds.indexOf(start);
      boolean newer = at < 0 || part.askedAtMillis() > seconds.knownAtMillis(at);
      boolean over = start + SECOND + confirmDelayMillis <= part.askedAtMillis();
      if (start >= slots.firstMillis() && newer && over && start % SECOND == 0) {
        changed |= put(FinalBars.of(block, i, part.source()), part.askedAtMillis());
      }
    }
    long to = Math.min(part.toMillis(), part.askedAtMillis() - confirmDelayMillis - SECOND);
    for (long start = Math.max(slots.firstMillis(), second(part.fromMillis()));
        start <= to && start < slots.nextMillis();
        start += SECOND) {
      changed |= settle(start);
    }
    doubts.answered(part);
    return changed;
  }

  private static long second(long millis) {
    return Math.floorDiv(millis + SECOND - 1, SECOND) * SECOND;
  }

  private boolean settle(long start) {
    boolean open =
        slots.is(start, IntervalState.SUSPECTED) || slots.is(start, IntervalState.OUTAGE);
    IntervalState state =
        sight.isPaused(start, start + SECOND) ? IntervalState.HALTED : IntervalState.QUIET;
    return open && slots.set(start, state, book.nextSeq());
  }

  /** Lets time pass: names the seconds that are over and settles those of confirmed minutes; true if any changed. */
  boolean advance(long nowMillis) {
    boolean changed = finish(nowMillis);
    while (slots.nextMillis() + SECOND + confirmDelayMillis <= nowMillis) {
      long start = slots.nextMillis();
      slots.advance();
      if (seconds.indexOf(start) < 0) {
        changed |= slots.set(start, named(start), book.nextSeq());
      }
    }
    int dropped = seconds.lowerBound(slots.firstMillis());
    for (int i = 0; i < dropped; i++) {
      droppedSeq = Math.max(droppedSeq, seconds.changeSeq(i));
    }
    seconds.dropBefore(slots.firstMillis());
    fives.dropBefore(slots.firstMillis());
    fifteens.dropBefore(slots.firstMillis());
    doubts.advance(slots.firstMillis(), nowMillis, this::isComplete);
    return check() || changed;
  }

  private IntervalState named(long start) {
    boolean open = book.ring()
        .dayOf(start)
        .map(day -> day.slotOf(Math.floorDiv(start, MINUTE) * MINUTE) >= 0)
        .orElse(false);
    if (!open) {
      return IntervalState.CLOSED;
    }
    return sight.isMissed(start, start + SECOND) ? IntervalState.OUTAGE : IntervalState.SUSPECTED;
  }

  /** Settles the seconds of the minutes that were confirmed since, as far as their volumes tell. */
  private boolean check() {
    boolean changed = false;
    while (checkedToMillis + MINUTE <= slots.nextMillis()) {
      long minute = checkedToMillis;
      if (!book.isFinal(minute) && !book.isQuiet(minute) && isInSession(minute)) {
        return changed;
      }
      if (isComplete(minute)) {
        for (long start = minute; start < minute + MINUTE; start += SECOND) {
          changed |= settle(start);
        }
      }
      checkedToMillis += MINUTE;
    }
    return changed;
  }

  private boolean isInSession(long minute) {
    return book.ring().dayOf(minute).map(day -> day.slotOf(minute) >= 0).orElse(false);
  }

  private boolean isComplete(long minute) {
    double sum = 0;
    for (int i = seconds.lowerBound(minute);
        i < seconds.size() && seconds.startMillis(i) < minute + MINUTE;
        i++) {
      sum += seconds.bar(i).volume();
    }
    int at = book.ring().bars().indexOf(minute);
    double whole = at < 0 ? 0 : book.ring().bars().bar(at).volume();
    return Math.abs(sum - whole) <= SAME_VOLUME * Math.max(1, whole);
  }

  /**
   * Returns the range of seconds to ask the history for: those of settled minutes that are not settled themselves, and
   * those that do not add up to their restated minute.
   */
  Optional<Range> unsettled() {
    long from = doubts.firstMillis();
    long to = doubts.lastMillis();
    for (long start = slots.firstMillis();
        start < Math.min(checkedToMillis, slots.nextMillis());
        start += SECOND) {
      if (slots.is(start, IntervalState.SUSPECTED) || slots.is(start, IntervalState.OUTAGE)) {
        from = Math.min(from, start);
        to = start;
      }
    }
    return from > to ? Optional.empty() : Optional.of(new Range(from, to));
  }

  /** Returns the start of the first second kept. */
  long firstMillis() {
    return slots.firstMillis();
  }

  /** Returns the oldest position that can be continued: what changed before it may have left the window. */
  long floorSeq() {
    return Math.max(droppedSeq, slots.droppedSeq());
  }

  /** Returns what changed after a position. */
  Reading read(Timeframe timeframe, SessionMode mode, long sinceSeq, long seq, Splits splits) {
    BarColumns bars = switch (timeframe) {
      case S1 -> seconds;
      case S5 -> fives.refreshed(seq);
      case S15 -> fifteens.refreshed(seq);
      default -> throw new IllegalArgumentException(timeframe + " is longer than seconds");
    };
    LongPredicate shown = mode == SessionMode.REGULAR ? this::isRegular : start -> true;
    List<Interval> intervals = mode == SessionMode.REGULAR
        ? regular(slots.read(sinceSeq, bars, start -> start + timeframe.millis()))
        : slots.read(sinceSeq, bars, start -> start + timeframe.millis());
    return SeriesViews.reading(bars, sinceSeq, splits, intervals, shown);
  }

  private boolean isRegular(long start) {
    return book.ring()
        .dayOf(start)
        .map(day -> start >= day.day().openMillis() && start < day.day().closeMillis())
        .orElse(false);
  }

  /** Cuts stretches to the regular session; what lies outside is closed. */
  private List<Interval> regular(List<Interval> all) {
    List<Interval> cut = new ArrayList<>();
    for (Interval stretch : all) {
      long from = stretch.fromMillis();
      while (from < stretch.toMillis()) {
        boolean open = isRegular(from);
        long to = from;
        while (to < stretch.toMillis() && isRegular(to) == open) {
          to += SECOND;
        }
        add(cut, new Interval(from, to, open ? stretch.state() : IntervalState.CLOSED));
        from = to;
      }
    }
    return cut;
  }

  private static void add(List<Interval> all, Interval next) {
    int last = all.size() - 1;
    boolean continues = last >= 0
        && all.get(last).state() == next.state()
        && all.get(last).toMillis() == next.fromMillis();
    if (continues) {
      all.set(last, new Interval(all.get(last).fromMillis(), next.toMillis(), next.state()));
    } else {
      all.add(next);
    }
  }
}
