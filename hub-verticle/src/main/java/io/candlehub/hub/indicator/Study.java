package io.candlehub.hub.indicator;

/**
 * The arithmetic of one indicator. What it knows at a bar follows from the bars up to it and from what it knew at the
 * bar before, so a change is carried forward bar by bar until nothing differs any more.
 */
interface Study {
  /** Returns how many bars after a bar its values still enter directly, not through what was known before. */
  int reach();

  /** Returns how many bars there must be until the first value is settled ({@link IndicatorPoint#settled}). */
  int settledBars();

  /** Computes bar {@code i}; returns true if anything known at it differs from before, bit for bit. */
  boolean compute(BarTable bars, int i);

  /** Returns a value at bar {@code i}, NaN if there is none. */
  double value(int column, int i);

  /** Makes the study of a specification. */
  static Study of(IndicatorSpec spec, SessionDays days) {
    return switch (spec.kind()) {
      case SMA -> new WindowStudy(spec.windows().get(0), 0);
      case BOLLINGER -> new WindowStudy(spec.windows().get(0), spec.deviations());
      case EMA -> new EmaStudy(spec.windows().get(0));
      case RSI -> new RsiStudy(spec.windows().get(0));
      case MACD ->
        new MacdStudy(
            spec.windows().get(0), spec.windows().get(1), spec.windows().get(2));
      case VWAP -> new VwapStudy(days);
    };
  }
}
