package io.candlehub.hub.tape;

import io.candlehub.model.AssetClass;

/** How well a feed's stamps tell the order of its quotes and trades. */
public enum TapeFeed {
  /** Nanoseconds, and one numbering of quotes and trades where both have numbers. */
  EXACT {
    @Override
    boolean isBefore(TapeStamp quote, TapeStamp trade) {
      boolean numbered = quote.sequence() != 0 && trade.sequence() != 0;
      return numbered ? quote.compareTo(trade) < 0 : quote.nanos() < trade.nanos();
    }
  },
  /**
   * Milliseconds, and numbers of quotes and trades that have nothing to do with each other: of what falls into one
   * millisecond the order is unknown.
   */
  COARSE {
    @Override
    boolean isBefore(TapeStamp quote, TapeStamp trade) {
      return quote.nanos() < trade.nanos();
    }
  };

  /**
   * Returns how the feeds of a kind of instrument are: an exchange's own feed of futures tells the order, the tapes of
   * stocks and options and values of indices do not.
   */
  public static TapeFeed of(AssetClass assetClass) {
    return assetClass == AssetClass.FUTURE ? EXACT : COARSE;
  }

  /** Returns true if a quote certainly was there before a trade. */
  abstract boolean isBefore(TapeStamp quote, TapeStamp trade);

  /** Returns true if nobody can tell which of a quote and a trade came first. */
  boolean isUnclear(TapeStamp quote, TapeStamp trade) {
    return this == COARSE && quote.nanos() == trade.nanos();
  }
}
