package io.candlehub.hub.candle;

import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;

/**
 * Merges answers of the history into the minutes: an answer settles every minute that was over for the confirm delay
 * when the provider was asked and never overwrites what the stream confirmed after the question. What another provider tells
 * in place of the first one never overwrites what that one has confirmed, and says nothing of minutes without bars if it has
 * none at all: it may not know the instrument. Confined to the hub's event loop.
 */
final class StatedMinutes {
  private static final long MINUTE = DaySlots.MINUTE;

  private final MinuteBook book;
  private final Sight sight;
  private final long confirmDelayMillis;

  StatedMinutes(MinuteBook book, Sight sight, long confirmDelayMillis) {
    this.book = book;
    this.sight = sight;
    this.confirmDelayMillis = confirmDelayMillis;
  }

  /** Puts an answer's bars and settles the minutes without any; returns true if a bar came too late to count. */
  boolean put(HistoryPart part) {
    BarBlock block = part.bars();
    boolean late = false;
    for (int i = 0; i < block.size(); i++) {
      long minute = block.startMillis(i);
      if (minute % MINUTE == 0 && book.ring().dayOf(minute).isPresent()) {
        late |= !put(part, i);
      }
    }
    if (block.size() > 0 || !part.isFallback()) {
      for (DaySlots slots : book.ring().days()) {
        sight.settle(part, slots);
      }
    }
    return late;
  }

  private boolean put(HistoryPart part, int i) {
    BarBlock block = part.bars();
    long minute = block.startMillis(i);
    boolean fromStore = part.source() == BarSource.CACHE;
    BarColumns bars = book.ring().bars();
    int at = bars.indexOf(minute);
    boolean isFinal = at >= 0 && bars.isFinal(at);
    if (isFinal && (fromStore || !overwrites(part, bars, at))) {
      return false;
    }
    if (fromStore || isOver(part, minute)) {
      boolean confirms = !fromStore && !part.isFallback();
      book.putFinal(FinalBars.of(block, i, part.source()), confirms ? part.askedAtMillis() : 0);
    } else if (!isFinal) {
      LiveMinute live = book.live(minute);
      live.whole(sight.isWhole(minute));
      live.unfinished(block, i, part.askedAtMillis(), book.nowMillis());
      book.touch(live);
    }
    return true;
  }

  /** What the store has was confirmed before this node began. */
  private static boolean overwrites(HistoryPart part, BarColumns bars, int at) {
    long known = bars.knownAtMillis(at);
    boolean isConfirmed = known > 0 || bars.source(at) == BarSource.CACHE;
    return part.askedAtMillis() > known && !(part.isFallback() && isConfirmed);
  }

  private boolean isOver(HistoryPart part, long minute) {
    return minute + MINUTE + confirmDelayMillis <= part.askedAtMillis();
  }

  /**
   * Compares the final minutes of [from, to) with an answer that is newer than they are.
   *
   * @return what was found; nothing is changed
   */
  Parity compare(HistoryPart part, long fromMillis, long toMillis) {
    Parity.Builder found = new Parity.Builder();
    BarColumns bars = book.ring().bars();
    BarBlock block = part.bars();
    int row = 0;
    for (int i = bars.lowerBound(fromMillis); i < bars.size(); i++) {
      long minute = bars.startMillis(i);
      if (minute >= toMillis) {
        break;
      }
      while (row < block.size() && block.startMillis(row) < minute) {
        row++;
      }
      boolean comparable =
          bars.isFinal(i) && isOver(part, minute) && part.askedAtMillis() > bars.knownAtMillis(i);
      if (comparable && row < block.size() && block.startMillis(row) == minute) {
        found.add(minute, bars.bar(i).sameValues(FinalBars.of(block, row, part.source())));
      } else if (comparable) {
        found.add(minute, false);
      }
    }
    for (int i = 0; i < block.size(); i++) {
      long minute = block.startMillis(i);
      boolean inside = minute >= fromMillis && minute < toMillis && isOver(part, minute);
      if (inside && book.isQuiet(minute)) {
        found.add(minute, false);
      }
    }
    return found.build();
  }
}
