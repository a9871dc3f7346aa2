package io.candlehub.gateway.live;

/**
 * What one client may hold open.
 *
 * @param charts the most charts
 * @param liveSymbols the most symbols of each class of assets with quotes
 * @param messagesPerSecond the most messages it may send, on average
 */
public record LiveLimits(int charts, int liveSymbols, int messagesPerSecond) {
  /** Checks the values. */
  public LiveLimits {
    if (charts < 1 || liveSymbols < 1 || messagesPerSecond < 1) {
      throw new IllegalArgumentException("charts=" + charts + ", liveSymbols=" + liveSymbols
          + " and messagesPerSecond=" + messagesPerSecond + " must be at least 1");
    }
  }
}
