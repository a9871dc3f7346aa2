package io.candlehub.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One contract of a chain (LEG of contract §3). A value not known is NaN and its reason is told.
 *
 * @param contract which contract
 * @param bid best bid
 * @param ask best offer
 * @param bidSize contracts at the bid
 * @param askSize contracts at the offer
 * @param last price of the last trade
 * @param volume contracts traded today
 * @param openInterest contracts open
 * @param volatility implied volatility, 0.2 is 20 %
 * @param greeks sensitivities
 * @param greeksAtMillis market time of volatility and greeks, if they are a provider's and old; else 0
 * @param live true if bid and ask come from a stream, false if from a snapshot
 * @param computed one entry if values were computed, else none
 * @param reasons why a value is missing, by its field's name
 * @param quality how much to trust it
 */
public record OptionLeg(
    OptionContract contract,
    double bid,
    double ask,
    double bidSize,
    double askSize,
    double last,
    double volume,
    double openInterest,
    double volatility,
    Greeks greeks,
    long greeksAtMillis,
    boolean live,
    List<ComputedInputs> computed,
    Map<String, MissingReason> reasons,
    Quality quality)
    implements Leg {
  /** Checks presence. */
  public OptionLeg {
    Objects.requireNonNull(contract, "contract");
    Objects.requireNonNull(greeks, "greeks");
    Objects.requireNonNull(quality, "quality");
    computed = List.copyOf(computed);
    reasons = Map.copyOf(reasons);
  }

  /** Returns the leg as something that nobody could be asked for again. */
  public OptionLeg lastKnown() {
    return judged(reasons, quality.lastKnown());
  }

  /** Returns the same leg with why values are missing and how much to trust it. */
  public OptionLeg judged(Map<String, MissingReason> why, Quality found) {
    return new OptionLeg(
        contract,
        bid,
        ask,
        bidSize,
        askSize,
        last,
        volume,
        openInterest,
        volatility,
        greeks,
        greeksAtMillis,
        live,
        computed,
        why,
        found);
  }

  /** Returns the middle of bid and ask, NaN unless both are bid and offered. */
  public double mid() {
    return bid > 0 && ask > 0 ? (bid + ask) / 2 : Double.NaN;
  }
}
