package io.candlehub.model;

import java.util.Objects;
import java.util.Set;

/**
 * What a provider's snapshot says of one contract. A value it does not give is NaN.
 *
 * @param terms the contract's terms
 * @param bid best bid
 * @param ask best offer
 * @param bidSize contracts at the bid
 * @param askSize contracts at the offer
 * @param last price of the last trade
 * @param volume contracts traded today
 * @param openInterest contracts open
 * @param volatility implied volatility
 * @param greeks sensitivities in the units of {@link Greeks}
 * @param atMillis market time of its newest part, epoch millis; 0 if not known
 * @param greeksAtMillis market time of volatility and greeks, epoch millis; 0 if not known
 * @param source the provider's id
 * @param fallbackReason why it is not the first provider's; empty if it is
 * @param unsupported names of the fields that the provider never has
 */
public record SnapshotLeg(
    OptionTerms terms,
    double bid,
    double ask,
    double bidSize,
    double askSize,
    double last,
    double volume,
    double openInterest,
    double volatility,
    Greeks greeks,
    long atMillis,
    long greeksAtMillis,
    String source,
    String fallbackReason,
    Set<String> unsupported)
    implements Leg {
  /** Checks presence. */
  public SnapshotLeg {
    Objects.requireNonNull(terms, "terms");
    Objects.requireNonNull(greeks, "greeks");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
    unsupported = Set.copyOf(unsupported);
  }

  /** Returns the same, told because the first provider did not tell it; the same leg if there is no reason. */
  public SnapshotLeg fallback(String reason) {
    return reason.equals(fallbackReason) ? this : with(volatility, greeks, greeksAtMillis, reason);
  }

  /** Returns the same without volatility and greeks. */
  public SnapshotLeg withoutGreeks() {
    return with(Double.NaN, Greeks.NONE, 0, fallbackReason);
  }

  private SnapshotLeg with(double iv, Greeks others, long othersAtMillis, String reason) {
    return new SnapshotLeg(
        terms,
        bid,
        ask,
        bidSize,
        askSize,
        last,
        volume,
        openInterest,
        iv,
        others,
        atMillis,
        othersAtMillis,
        source,
        reason,
        unsupported);
  }

  @Override
  public OptionContract contract() {
    return terms.contract();
  }

  /** Returns the contract's symbol. */
  public String symbol() {
    return contract().instrument().symbol();
  }
}
