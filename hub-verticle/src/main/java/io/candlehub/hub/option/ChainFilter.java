package io.candlehub.hub.option;

import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionLeg;
import java.util.List;

/**
 * Which legs of a chain a reader wants. A bound that is NaN does not bind; a leg whose value is not known does not pass
 * a bound on it.
 *
 * @param strikeMin lowest strike
 * @param strikeMax highest strike
 * @param minVolume least contracts traded today
 * @param maxSpreadPercent widest spread, per cent of the middle
 */
public record ChainFilter(
    double strikeMin, double strikeMax, double minVolume, double maxSpreadPercent) {
  /** Lets everything pass. */
  public static final ChainFilter ALL =
      new ChainFilter(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Returns true if a leg passes. */
  public boolean admits(OptionLeg leg) {
    double strike = leg.contract().strike();
    double spreadPercent = 100 * (leg.ask() - leg.bid()) / leg.mid();
    return !(strike < strikeMin)
        && !(strike > strikeMax)
        && (Double.isNaN(minVolume) || leg.volume() >= minVolume)
        && (Double.isNaN(maxSpreadPercent) || spreadPercent <= maxSpreadPercent);
  }

  /** Returns the expirations with the legs that pass; strikes and expirations without any are left out. */
  public List<OptionChain.Expiration> apply(List<OptionChain.Expiration> expirations) {
    return expirations.stream()
        .map(each -> new OptionChain.Expiration(
            each.date(),
            each.root(),
            each.strikes().stream()
                .map(strike -> new OptionChain.Strike(
                    strike.price(), strike.legs().stream().filter(this::admits).toList()))
                .filter(strike -> !strike.legs().isEmpty())
                .toList()))
        .filter(each -> !each.strikes().isEmpty())
        .toList();
  }
}
