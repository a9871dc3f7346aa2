package io.candlehub.simulator.stream;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client subscribes to.
 *
 * @param channel for example {@code AM}
 * @param ticker a symbol, or {@code *} for all
 */
public record Topic(String channel, String ticker) {
  private static final Map<String, Set<String>> CHANNELS = Map.of(
      "stocks", Set.of("T", "Q", "A", "AM", "LULD", "NOI", "FMV"),
      "options", Set.of("T", "Q", "A", "AM", "FMV"),
      "indices", Set.of("V", "A", "AM"));

  /** Reads {@code CHANNEL.SYMBOL}, split at the first dot; empty if a market has no such channel. */
  static Optional<Topic> parse(String market, String text) {
    int dot = text.indexOf('.');
    boolean known = dot > 0 && CHANNELS.get(market).contains(text.substring(0, dot));
    if (!known || dot == text.length() - 1) {
      return Optional.empty();
    }
    return Optional.of(new Topic(text.substring(0, dot), text.substring(dot + 1)));
  }

  boolean isWildcard() {
    return ticker.equals("*");
  }

  /** Returns true if the symbol trades on a market; all of it does. */
  boolean isOn(String market) {
    return isWildcard() || marketOf(ticker).equals(market);
  }

  /** Returns the market of a symbol. */
  static String marketOf(String ticker) {
    if (ticker.startsWith("O:")) {
      return "options";
    }
    return ticker.startsWith("I:") ? "indices" : "stocks";
  }

  @Override
  public String toString() {
    return channel + "." + ticker;
  }
}
