package io.candlehub.hub.candle;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Minutes that were restated while their seconds may not have been: the provider restates both, but what it sent while
 * nobody listened is lost. A minute whose seconds do not add up to it a confirm delay later is to be asked for, once.
 * Confined to the hub's event loop.
 */
final class SecondDoubts {
  private static final long SECOND = 1_000;
  private static final long MINUTE = DaySlots.MINUTE;

  private final long confirmDelayMillis;
  private final TreeMap<Long, Long> restated = new TreeMap<>();
  private final TreeMap<Long, Long> asked = new TreeMap<>();

  SecondDoubts(long confirmDelayMillis) {
    this.confirmDelayMillis = confirmDelayMillis;
  }

  /** Takes note that a minute was restated. */
  void add(long minuteMillis, long nowMillis) {
    restated.put(minuteMillis, nowMillis + confirmDelayMillis);
  }

  /** Lets time pass: a minute that adds up by now is in no doubt, any other is to be asked for. */
  void advance(long firstMillis, long nowMillis, LongPredicate isComplete) {
    restated.headMap(firstMillis).clear();
    asked.headMap(firstMillis).clear();
    restated.entrySet().removeIf(entry -> {
      boolean due = entry.getValue() <= nowMillis;
      if (due && !isComplete.test(entry.getKey())) {
        asked.put(entry.getKey(), entry.getValue());
      }
      return due;
    });
  }

  /** Takes note of an answer of the history. */
  void answered(HistoryPart part) {
    asked
        .entrySet()
        .removeIf((Map.Entry<Long, Long> entry) -> part.askedAtMillis() >= entry.getValue()
            && part.fromMillis() <= entry.getKey()
            && part.toMillis() >= entry.getKey() + MINUTE - SECOND);
  }

  /** Returns the first second to ask for, {@link Long#MAX_VALUE} if there is none. */
  long firstMillis() {
    return asked.isEmpty() ? Long.MAX_VALUE : asked.firstKey();
  }

  /** Returns the last second to ask for, {@link Long#MIN_VALUE} if there is none. */
  long lastMillis() {
    return asked.isEmpty() ? Long.MIN_VALUE : asked.lastKey() + MINUTE - SECOND;
  }
}
