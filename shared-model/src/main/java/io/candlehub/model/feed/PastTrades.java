package io.candlehub.model.feed;

import io.candlehub.model.Instrument;
import java.util.List;
import java.util.Objects;

/**
 * The last trades of an instrument, as a provider says. Numbers of exchanges and conditions are those of that provider.
 *
 * @param instrument what was traded
 * @param trades newest last
 * @param source the provider's id
 * @param fallbackReason why it is not the first provider's; empty if it is
 */
public record PastTrades(
    Instrument instrument, List<TradeEvent> trades, String source, String fallbackReason) {
  /** Checks presence and copies the list. */
  public PastTrades {
    Objects.requireNonNull(instrument, "instrument");
    trades = List.copyOf(trades);
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
  }

  /** Returns the same, told because the first provider did not tell it. */
  public PastTrades fallback(String reason) {
    return new PastTrades(instrument, trades, source, reason);
  }
}
