package io.candlehub.model.feed;

import java.util.Optional;

/** A kind of stream that can be demanded for an instrument. */
public enum Channel {
  /** Second bars. */
  SECONDS("seconds"),
  /** Minute bars. */
  MINUTES("minutes"),
  /** Best bid and offer. */
  QUOTES("quotes"),
  /** Single trades; for an index its values. */
  TRADES("trades"),
  /** Pauses of trading. */
  HALTS("halts");

  private final String wireName;

  Channel(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the channel of a name, or empty. */
  public static Optional<Channel> parse(String name) {
    for (Channel channel : values()) {
      if (channel.wireName.equals(name)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }

  /** Returns the name used on the bus and in {@code health.missing}. */
  public String wireName() {
    return wireName;
  }
}
