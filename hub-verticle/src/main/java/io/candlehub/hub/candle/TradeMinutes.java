package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.feed.TradeEvent;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Minute bars of one instrument made from its trades, or from the values of an index, where the provider streams no
 * bars.
 *
 * <p>A trade belongs to the minute of its time and does to it what its {@link SaleConditions} allow. The open is the
 * price of the open-setting trade that stands first on the tape by time and sequence number, the close that of the last;
 * a minute without such a trade has no bar, whatever was traded in it. Volume, volume-weighted average price and number
 * of trades cover the trades that count in the volume and have a size; of an index they are 0 and unknown. The bars are
 * the same in whatever order the trades come, and a repeated sequence number changes nothing; sequence number 0 means
 * that the feed has none. Sums are kept in integers of {@code 1e-9}, so they do not depend on the order either.
 *
 * <p>The {@value #WINDOW} minutes up to the newest one seen are kept, as long as corrections come
 * (providers keep windows open for about 15 minutes); older trades are ignored. A trade's time moves the window, so
 * whoever knows the time refuses trades from the future before. Memory is bounded by what a tape prints in the window,
 * about 16 bytes a trade. Pure; confined to the hub's event loop.
 */
public final class TradeMinutes {
  private static final int WINDOW = 16;
  private static final long MINUTE = 60_000;

  private final SaleConditions conditions;
  private final TradeMinute[] window = new TradeMinute[WINDOW];
  private long newest = Long.MIN_VALUE;

  /** Creates minutes without trades. */
  public TradeMinutes(SaleConditions conditions) {
    this.conditions = conditions;
  }

  /**
   * Puts a trade.
   *
   * @return the start of the minute whose bar it changed or began; empty if it changed none: it is known, has no effect
   *     by its conditions, its minute has no bar yet, or it is older than the window
   */
  public OptionalLong put(TradeEvent trade) {
    long number = Math.floorDiv(trade.atMillis(), MINUTE);
    long start = number * MINUTE;
    if (newest != Long.MIN_VALUE && number <= newest - WINDOW) {
      return OptionalLong.empty();
    }
    newest = Math.max(newest, number);
    int slot = Math.floorMod(number, WINDOW);
    if (window[slot] == null || window[slot].startMillis() != start) {
      window[slot] = new TradeMinute(start);
    }
    return window[slot].put(trade, conditions) ? OptionalLong.of(start) : OptionalLong.empty();
  }

  /** Returns the bar of the minute that starts at an instant, in a state; empty if there is none or it has left the window. */
  public Optional<Bar> bar(long minuteMillis, BarState state) {
    return find(minuteMillis).flatMap(minute -> minute.bar(state));
  }

  private Optional<TradeMinute> find(long minuteMillis) {
    TradeMinute minute = window[Math.floorMod(Math.floorDiv(minuteMillis, MINUTE), WINDOW)];
    return minute != null && minute.startMillis() == minuteMillis && isInWindow(minute)
        ? Optional.of(minute)
        : Optional.empty();
  }

  private boolean isInWindow(TradeMinute minute) {
    return minute.startMillis() > (newest - WINDOW) * MINUTE;
  }
}
