package io.candlehub.hub.indicator;

import io.candlehub.model.IndicatorKind;
import io.candlehub.model.Timeframe;
import java.util.List;
import java.util.Objects;

/**
 * An indicator with its parameters. Bars are counted, not hours: a window of 14 is 14 bars that exist.
 *
 * @param kind what is computed
 * @param windows numbers of bars: one for averages, RSI and Bollinger; short, long and signal for MACD; none for VWAP
 * @param deviations how many standard deviations the bands lie away; 0 unless {@link IndicatorKind#BOLLINGER}
 */
public record IndicatorSpec(IndicatorKind kind, List<Integer> windows, double deviations) {
  /** Most bars a window may have. */
  public static final int MOST_WINDOW = 1_000;

  private static final int AVERAGE_WINDOW = 50;
  private static final int RSI_WINDOW = 14;
  private static final int MACD_SHORT = 12;
  private static final int MACD_LONG = 26;
  private static final int MACD_SIGNAL = 9;
  private static final int BANDS_WINDOW = 20;
  private static final double BANDS_DEVIATIONS = 2;

  /** Checks the parameters. */
  public IndicatorSpec {
    Objects.requireNonNull(kind, "kind");
    windows = List.copyOf(windows);
    int wanted = kind == IndicatorKind.VWAP ? 0 : kind == IndicatorKind.MACD ? 3 : 1;
    if (windows.size() != wanted) {
      throw new IllegalArgumentException(
          kind.wireName() + " takes " + wanted + " windows, not " + windows.size());
    }
    for (int window : windows) {
      if (window < 1 || window > MOST_WINDOW) {
        throw new IllegalArgumentException("window=" + window + " must be 1 to " + MOST_WINDOW);
      }
    }
    if (kind == IndicatorKind.MACD && windows.get(0) >= windows.get(1)) {
      throw new IllegalArgumentException("short window must be less than the long one");
    }
    boolean bands = kind == IndicatorKind.BOLLINGER;
    if (bands ? !(deviations > 0 && deviations <= 10) : deviations != 0) {
      throw new IllegalArgumentException("deviations=" + deviations + " must be above 0, at most 10"
          + ", and 0 for other indicators than bollinger");
    }
  }

  /**
   * Returns a kind with its usual parameters: windows of 50 for averages, 14 for RSI, 12, 26 and 9 for MACD, which are the
   * provider's too, and 20 with 2 deviations for Bollinger bands.
   */
  public static IndicatorSpec usual(IndicatorKind kind) {
    return switch (kind) {
      case SMA, EMA -> of(kind, AVERAGE_WINDOW);
      case RSI -> of(kind, RSI_WINDOW);
      case MACD -> macd(MACD_SHORT, MACD_LONG, MACD_SIGNAL);
      case BOLLINGER -> bollinger(BANDS_WINDOW, BANDS_DEVIATIONS);
      case VWAP -> new IndicatorSpec(kind, List.of(), 0);
    };
  }

  /** Returns an average, RSI or Bollinger bands of 2 deviations over a window. */
  public static IndicatorSpec of(IndicatorKind kind, int window) {
    return new IndicatorSpec(
        kind, List.of(window), kind == IndicatorKind.BOLLINGER ? BANDS_DEVIATIONS : 0);
  }

  /** Returns a MACD. */
  public static IndicatorSpec macd(int shortWindow, int longWindow, int signalWindow) {
    return new IndicatorSpec(IndicatorKind.MACD, List.of(shortWindow, longWindow, signalWindow), 0);
  }

  /** Returns Bollinger bands. */
  public static IndicatorSpec bollinger(int window, double deviations) {
    return new IndicatorSpec(IndicatorKind.BOLLINGER, List.of(window), deviations);
  }

  /** Returns true if it is made of volume too, so that bars without any cannot have it. */
  public boolean needsVolume() {
    return kind == IndicatorKind.VWAP;
  }

  /** Returns false if bars of a timeframe cannot have this indicator: a day is no part of a session's VWAP. */
  public boolean suits(Timeframe timeframe) {
    return kind != IndicatorKind.VWAP || timeframe.isIntraday();
  }
}
