package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.IntervalState;
import io.candlehub.model.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The minutes of a series, confirmed and not, with what is derived from them and the position of the newest change.
 * Confined to the hub's event loop.
 *
 * <p>What streams into a minute in progress is only folded; the minute's bar and all roll-ups are derived when somebody
 * looks, so that an event costs little however many views there are.
 */
final class MinuteBook {
  private final MinuteRing ring;
  private final SeriesViews views;
  private final List<LiveMinute> lives = new ArrayList<>(2);
  private final List<LiveMinute> dirty = new ArrayList<>(2);
  private final List<Bar> settled = new ArrayList<>();
  private final BarFold fold = new BarFold();
  private Optional<SecondBars> seconds = Optional.empty();
  private long seq;
  private long nowMillis = Long.MIN_VALUE;
  private long takenOverMillis = Long.MIN_VALUE;

  MinuteBook(TradingCalendar calendar) {
    ring = new MinuteRing(calendar);
    views = new SeriesViews(calendar, ring);
  }

  MinuteRing ring() {
    return ring;
  }

  /** Returns the roll-ups, which the caller brings up to date with {@link #commit} first. */
  SeriesViews views() {
    return views;
  }

  long seq() {
    return seq;
  }

  /** Returns the position that changes made now will have. */
  long nextSeq() {
    return seq + 1;
  }

  /** Moves the position on for a change that no commit sees. */
  void advance() {
    seq++;
  }

  /** Takes note of the time; it never goes back. */
  void at(long millis) {
    nowMillis = Math.max(nowMillis, millis);
  }

  long nowMillis() {
    return nowMillis;
  }

  boolean isFinal(long minuteMillis) {
    int at = ring.bars().indexOf(minuteMillis);
    return at >= 0 && ring.bars().isFinal(at);
  }

  /** Returns true if a minute has no bar and that is settled. */
  boolean isQuiet(long minuteMillis) {
    return ring.bars().indexOf(minuteMillis) < 0
        && ring.dayOf(minuteMillis)
            .map(slots ->
                slots.slotOf(minuteMillis) >= 0 && slots.isSettled(slots.slotOf(minuteMillis)))
            .orElse(false);
  }

  /** Returns true if a minute of the ring is neither final nor settled as being without a bar. */
  boolean isOpen(long minuteMillis) {
    return ring.dayOf(minuteMillis).isPresent() && !isFinal(minuteMillis) && !isQuiet(minuteMillis);
  }

  /** Takes note that all is as it was at a position and time elsewhere. */
  void restored(long seqThere, long millis) {
    seq = seqThere;
    at(millis);
    views.restored(nowMillis, seq);
  }

  /** Moves on to a position beyond any that former owners can have given. */
  void takenOver(long leap) {
    takenOverMillis = nowMillis;
    seq += leap;
    views.restored(nowMillis, seq);
  }

  /** Returns the minute in progress of a start, opened if need be. */
  LiveMinute live(long minuteMillis) {
    for (LiveMinute live : lives) {
      if (live.startMillis() == minuteMillis) {
        return live;
      }
    }
    LiveMinute opened = new LiveMinute(minuteMillis);
    int at = ring.bars().indexOf(minuteMillis);
    if (at >= 0 && minuteMillis <= takenOverMillis) {
      opened.known(ring.bars().bar(at), takenOverMillis);
    }
    lives.add(opened);
    return opened;
  }

  /** Takes note that something came into a minute in progress. */
  void touch(LiveMinute live) {
    if (live.touch()) {
      dirty.add(live);
    }
  }

  /** Puts a confirmed bar; it is final, or a revision if it differs from what was final. */
  void putFinal(Bar bar, long knownAtMillis) {
    BarColumns bars = ring.bars();
    int at = bars.indexOf(bar.startMillis());
    lives.removeIf(live -> live.startMillis() == bar.startMillis());
    if (at >= 0 && bars.isFinal(at) && bars.bar(at).sameValues(bar)) {
      bars.knownAt(at, Math.max(knownAtMillis, bars.knownAtMillis(at)));
      return;
    }
    if (at >= 0 && bars.isFinal(at)) {
      seconds.ifPresent(kept -> kept.minuteRevised(bar.startMillis(), nowMillis));
    }
    Bar next = at >= 0 ? Revisions.continued(bars.bar(at), bar) : bar;
    put(next, knownAtMillis);
    settled.add(next);
  }

  /** Puts a bar that is not confirmed, unless the minute has the same one. */
  void putLive(Bar bar) {
    int at = ring.bars().indexOf(bar.startMillis());
    if (at < 0 || !ring.bars().bar(at).equals(bar)) {
      put(bar, 0);
    }
  }

  private void put(Bar bar, long knownAtMillis) {
    ring.put(bar, knownAtMillis, seq + 1);
    views.touch();
  }

  void setState(DaySlots slots, int slot, IntervalState state) {
    if (slots.set(slot, state, seq + 1)) {
      views.touch();
    }
  }

  /** Takes note of days that became final or were revised. */
  void settled(List<Bar> days) {
    settled.addAll(days);
  }

  /** Moves on to the days that belong in the ring now; returns true if they changed. */
  boolean roll() {
    freshen();
    views.derive();
    if (!ring.roll(nowMillis, seq + 1)) {
      return false;
    }
    lives.removeIf(live -> ring.dayOf(live.startMillis()).isEmpty());
    views.dropBefore(ring.firstMillis());
    return true;
  }

  /** Ends a pass: all that changed since the last one gets one new position, and every roll-up follows. */
  Change commit() {
    boolean changed = position();
    if (changed) {
      views.derive();
    }
    Change change = Change.of(changed, settled);
    settled.clear();
    return change;
  }

  /** Gives what was streamed since the last pass a position, if anything was. */
  void freshen() {
    if (!dirty.isEmpty()) {
      position();
    }
  }

  /** Keeps seconds from now on. */
  void keep(SecondBars kept) {
    seconds = Optional.of(kept);
    views.seconds(seconds);
    views.touch();
  }

  /** Stops to keep seconds. */
  void drop() {
    seconds = Optional.empty();
    views.seconds(seconds);
  }

  private boolean position() {
    for (LiveMinute live : dirty) {
      live.clean();
      if (lives.contains(live)) {
        putLive(live.bar(fold));
      }
    }
    dirty.clear();
    if (seconds.isPresent() && seconds.get().advance(nowMillis)) {
      views.touch();
    }
    boolean changed = views.refresh(nowMillis, seq + 1);
    seq += changed ? 1 : 0;
    return changed;
  }
}
