package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.SymbolDay;

/**
 * The day's volume, average price and official open as of one event: minutes before it, late trades reported by then, and
 * what the event's own minute has so far. Confined to one event loop; moves forward only.
 */
final class DayTotals {
  private final SymbolDay day;
  private int minutes;
  private double minuteVolume;
  private double minuteTurnover;
  private int late;
  private double lateVolume;
  private double lateTurnover;
  private double partVolume;
  private double partTurnover;
  private double officialOpen;

  DayTotals(SymbolDay day) {
    this.day = day;
  }

  /** Moves to an event: counts the minutes that start before one, and what is due by an instant. */
  void moveTo(long minuteStartMillis, long dueMillis) {
    Bars bars = day.minutes();
    while (minutes < bars.size() && bars.startMillis(minutes) < minuteStartMillis) {
      minuteVolume += bars.volume(minutes);
      minuteTurnover += bars.volume(minutes) * bars.vwap(minutes);
      minutes++;
    }
    while (late < day.corrections().size()
        && day.corrections().get(late).dueMillis() <= dueMillis) {
      Correction correction = day.corrections().get(late++);
      lateVolume += correction.size();
      lateTurnover += correction.size() * correction.price();
    }
    partVolume = 0;
    partTurnover = 0;
    if (officialOpen == 0 && minuteStartMillis >= day.day().openMillis()) {
      int first = bars.firstAtOrAfter(day.day().openMillis());
      if (first < bars.size() && bars.startMillis(first) <= minuteStartMillis) {
        officialOpen = bars.open(first);
      }
    }
  }

  /** Counts a bar of the event's own minute. */
  void plus(BarRow bar) {
    partVolume += bar.volume();
    partTurnover += bar.volume() * bar.vwap();
  }

  double volume() {
    return minuteVolume + lateVolume + partVolume;
  }

  double vwap() {
    double volume = volume();
    return volume > 0 ? (minuteTurnover + lateTurnover + partTurnover) / volume : 0;
  }

  double officialOpen() {
    return officialOpen;
  }
}
