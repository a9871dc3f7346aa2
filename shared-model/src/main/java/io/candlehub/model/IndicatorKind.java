package io.candlehub.model;

import java.util.List;
import java.util.Optional;

/** What can be computed from bars, by the names of {@code /api/market/indicators} (contract §3). */
public enum IndicatorKind {
  /** Simple moving average of closes. */
  SMA("sma"),
  /** Exponential moving average of closes. */
  EMA("ema"),
  /** Volume-weighted average price since the session's begin. */
  VWAP("vwap"),
  /** Wilder's relative strength index, 0 to 100. */
  RSI("rsi"),
  /** Difference of two exponential averages, its own average and the difference of both. */
  MACD("macd"),
  /** A simple average and the bands some standard deviations above and below it. */
  BOLLINGER("bollinger");

  private final String wireName;

  IndicatorKind(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the kind of a name, or empty. */
  public static Optional<IndicatorKind> parse(String name) {
    for (IndicatorKind kind : values()) {
      if (kind.wireName.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Returns the name used in requests and payloads. */
  public String wireName() {
    return wireName;
  }

  /** Returns true if providers compute it too. */
  public boolean isOfProviders() {
    return switch (this) {
      case SMA, EMA, RSI, MACD -> true;
      case VWAP, BOLLINGER -> false;
    };
  }

  /** Returns the names of a point's values, in their order. */
  public List<String> columns() {
    return switch (this) {
      case SMA, EMA, VWAP, RSI -> List.of("value");
      case MACD -> List.of("value", "signal", "histogram");
      case BOLLINGER -> List.of("value", "upper", "lower");
    };
  }
}
