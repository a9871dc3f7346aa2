package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.feed.TradeEvent;
import java.util.OptionalLong;

/**
 * Builds minutes from single trades, for an instrument without aggregates: a minute that could be seen from its begin
 * is final by the clock, and changed by a late trade until the history has stated it. Confined to the hub's event loop.
 */
final class TradeBuilt {
  private static final long MINUTE = DaySlots.MINUTE;

  private final MinuteBook book;
  private final Sight sight;
  private final TradeMinutes trades;
  private final long confirmDelayMillis;

  TradeBuilt(MinuteBook book, Sight sight, SaleConditions conditions, long confirmDelayMillis) {
    this.book = book;
    this.sight = sight;
    this.confirmDelayMillis = confirmDelayMillis;
    trades = new TradeMinutes(conditions);
    sight.clocked();
  }

  /** Takes a trade. */
  void put(TradeEvent trade, long nowMillis) {
    OptionalLong changed = trades.put(trade);
    if (changed.isEmpty() || book.ring().dayOf(changed.getAsLong()).isEmpty()) {
      return;
    }
    long minute = changed.getAsLong();
    if (!isStated(minute) && sight.isWhole(minute)) {
      show(minute, nowMillis);
    }
  }

  /** Takes a trade whose effect is known. */
  void rebuild(TradeEvent trade) {
    trades.put(trade);
  }

  /** Returns true if a minute's bar comes from history, store or a streamed minute bar, which trades never change. */
  private boolean isStated(long minute) {
    BarColumns bars = book.ring().bars();
    int at = bars.indexOf(minute);
    return at >= 0
        && bars.isFinal(at)
        && (bars.knownAtMillis(at) > 0 || bars.bar(at).source() != BarSource.LIVE);
  }

  private void show(long minute, long nowMillis) {
    if (minute + MINUTE + confirmDelayMillis <= nowMillis) {
      trades.bar(minute, BarState.FINAL).ifPresent(bar -> book.putFinal(bar, 0));
    } else {
      trades.bar(minute, BarState.LIVE).ifPresent(book::putLive);
    }
  }

  /** Lets time pass: minutes of a day that are over become final. */
  void onClock(DaySlots slots, long nowMillis) {
    for (int slot = slots.marked(); slot < slots.minutes(); slot++) {
      long minute = slots.startMillis(slot);
      if (minute + MINUTE + confirmDelayMillis > nowMillis) {
        return;
      }
      if (sight.isWhole(minute) && !isStated(minute)) {
        trades.bar(minute, BarState.FINAL).ifPresent(this::settle);
      }
    }
  }

  private void settle(Bar bar) {
    book.putFinal(bar, 0);
  }
}
