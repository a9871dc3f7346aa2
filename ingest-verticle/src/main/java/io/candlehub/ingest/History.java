package io.candlehub.ingest;

import io.candlehub.model.BarBlock;
import java.util.Objects;

/**
 * The answer to a {@link HistoryQuery}.
 *
 * @param bars raw bars, ascending
 * @param askedAtMillis market time at which the first request of the answer was sent: no bar is older news than that
 * @param source id of the provider that answered; empty if it has not said so yet
 * @param fallbackReason why it is not the first provider; empty if it is
 * @param doubted true if there should be bars, none were told, and a provider that could have told them failed
 */
public record History(
    BarBlock bars, long askedAtMillis, String source, String fallbackReason, boolean doubted) {
  /** Checks presence. */
  public History {
    Objects.requireNonNull(bars, "bars");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
  }

  /** Creates a provider's own answer. */
  public History(BarBlock bars, long askedAtMillis) {
    this(bars, askedAtMillis, "", "", false);
  }

  /** Returns the same with who told it, and why. */
  public History from(String provider, String reason) {
    return new History(bars, askedAtMillis, provider, reason, doubted);
  }

  /** Returns the same, not confirmed by a provider that was to confirm it. */
  public History asDoubted() {
    return new History(bars, askedAtMillis, source, fallbackReason, true);
  }

  /** Returns the part of this answer that answers a question it covers. */
  History of(HistoryQuery query) {
    BarBlock part = bars.between(query.fromMillis(), query.toMillis());
    return new History(part, askedAtMillis, source, fallbackReason, doubted);
  }
}
