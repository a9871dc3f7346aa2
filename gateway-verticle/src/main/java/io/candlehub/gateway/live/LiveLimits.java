package io.candlehub.gateway.live;

/**
 * What one client may hold open.
 *
 * @param charts the most charts
 * @param liveSymbols the most symbols with quotes
 */
public record LiveLimits(int charts, int liveSymbols) {
  /** Checks the values. */
  public LiveLimits {
    if (charts < 1 || liveSymbols < 1) {
      throw new IllegalArgumentException(
          "charts=" + charts + " and liveSymbols=" + liveSymbols + " must be at least 1");
    }
  }
}
