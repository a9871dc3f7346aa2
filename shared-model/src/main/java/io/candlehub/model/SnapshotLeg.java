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
    Set<String> unsupported) {
  /** Checks presence. */
  public SnapshotLeg {
    Objects.requireNonNull(terms, "terms");
    Objects.requireNonNull(greeks, "greeks");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
    unsupported = Set.copyOf(unsupported);
  }

  /** Creates what a provider says whose volatility and greeks are as old as the rest. */
  public SnapshotLeg(
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
      String source,
      String fallbackReason,
      Set<String> unsupported) {
    this(
        terms,
        bid,
        ask,
        bidSize,
        askSize,
        last,
        volume,
        openInterest,
        volatility,
        greeks,
        atMillis,
        atMillis,
        source,
        fallbackReason,
        unsupported);
  }

  /** Returns true if it says that somebody bids or offers, or that nobody does: then sizes are told without prices. */
  public boolean tellsSides() {
    return !(Double.isNaN(bid)
        && Double.isNaN(ask)
        && Double.isNaN(bidSize)
        && Double.isNaN(askSize));
  }

  /** Returns the same, told because the first provider did not tell it; the same leg if there is no reason. */
  public SnapshotLeg fallback(String reason) {
    return reason.equals(fallbackReason)
        ? this
        : new SnapshotLeg(
            terms,
            bid,
            ask,
            bidSize,
            askSize,
            last,
            volume,
            openInterest,
            volatility,
            greeks,
            atMillis,
            greeksAtMillis,
            source,
            reason,
            unsupported);
  }

  /** Returns the same without volatility and greeks. */
  public SnapshotLeg withoutGreeks() {
    return new SnapshotLeg(
        terms,
        bid,
        ask,
        bidSize,
        askSize,
        last,
        volume,
        openInterest,
        Double.NaN,
        Greeks.NONE,
        atMillis,
        0,
        source,
        fallbackReason,
        unsupported);
  }

  /** Returns the contract's symbol. */
  public String symbol() {
    return terms.contract().instrument().symbol();
  }
}
