package io.candlehub.hub.tape;

import io.candlehub.model.feed.Channel;

/** What tells the day's volume of an instrument as it grows. */
public enum VolumeCarrier {
  /** Nothing does. */
  NOBODY,
  /** Streamed seconds, which tell the day's volume themselves. */
  BARS,
  /** Streamed trades, whose sizes are added to what was told. */
  TRADES;

  /** Returns what a channel is to the volume. */
  public static VolumeCarrier of(Channel channel) {
    return switch (channel) {
      case SECONDS -> BARS;
      case TRADES -> TRADES;
      case MINUTES, QUOTES, HALTS -> NOBODY;
    };
  }
}
