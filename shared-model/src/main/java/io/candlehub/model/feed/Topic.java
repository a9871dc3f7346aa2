package io.candlehub.model.feed;

import io.candlehub.model.Instrument;
import java.util.Objects;
import java.util.Optional;

/**
 * One demanded stream. Its text form is {@code channel:symbol}, for example {@code minutes:SPY}.
 *
 * @param channel which kind
 * @param instrument of what
 */
public record Topic(Channel channel, Instrument instrument) {
  /** Checks presence. */
  public Topic {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(instrument, "instrument");
  }

  /** Returns the topic of a text form, or empty. */
  public static Optional<Topic> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    return Channel.parse(text.substring(0, colon))
        .flatMap(channel ->
            Instrument.parse(text.substring(colon + 1)).map(found -> new Topic(channel, found)));
  }

  @Override
  public String toString() {
    return channel.wireName() + ":" + instrument.symbol();
  }
}
