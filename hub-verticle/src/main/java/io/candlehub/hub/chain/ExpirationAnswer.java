package io.candlehub.hub.chain;

import io.candlehub.model.Expirations;
import io.candlehub.model.Quality;
import java.util.List;

/**
 * On which dates the options on an underlying expire.
 *
 * @param expirations who said which
 * @param current false if nobody could be asked for newer ones
 * @param askedAtMillis market time at which they were asked for; 0 if not known
 */
public record ExpirationAnswer(Expirations expirations, boolean current, long askedAtMillis) {
  /** Returns how much to trust them. */
  public Quality quality() {
    Quality good = new Quality(
        expirations.source(), false, List.of(), 100, askedAtMillis, expirations.fallbackReason());
    return current ? good : good.lastKnown();
  }
}
