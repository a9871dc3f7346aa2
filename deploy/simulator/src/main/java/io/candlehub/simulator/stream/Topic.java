package io.candlehub.simulator.stream;

import java.util.Optional;
import java.util.Set;

/**
 * What a client subscribes to.
 *
 * @param channel for example {@code AM}
 * @param ticker a symbol, or {@code *} for all
 */
record Topic(String channel, String ticker) {
  private static final Set<String> CHANNELS = Set.of("T", "Q", "A", "AM", "LULD", "NOI", "FMV");

  /** Reads {@code CHANNEL.SYMBOL}, split at the first dot; empty if there is no such channel. */
  static Optional<Topic> parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1 || !CHANNELS.contains(text.substring(0, dot))) {
      return Optional.empty();
    }
    return Optional.of(new Topic(text.substring(0, dot), text.substring(dot + 1)));
  }

  boolean isWildcard() {
    return ticker.equals("*");
  }

  @Override
  public String toString() {
    return channel + "." + ticker;
  }
}
