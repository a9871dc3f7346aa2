package io.candlehub.hub.option;

import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.SnapshotLeg;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says of every value that a leg lacks why. */
final class LegReasons {
  private static final Set<String> COMPUTED =
      Set.of("iv", "delta", "gamma", "theta", "vega", "rho");

  private LegReasons() {}

  /**
   * Returns the reasons by the field's name in JSON.
   *
   * @param notComputed why volatility or greeks could not be computed; none or one
   */
  static Map<String, MissingReason> of(
      OptionLeg leg, SnapshotLeg snapshot, List<MissingReason> notComputed) {
    Map<String, MissingReason> reasons = new TreeMap<>();
    MissingReason side = Double.isNaN(leg.bid()) && Double.isNaN(leg.ask())
        ? MissingReason.NO_QUOTE
        : MissingReason.ONE_SIDED;
    add(reasons, "bid", leg.bid(), side);
    add(reasons, "ask", leg.ask(), side);
    add(reasons, "mid", leg.mid(), side);
    add(reasons, "bidSize", leg.bidSize(), side);
    add(reasons, "askSize", leg.askSize(), side);
    add(reasons, "last", leg.last(), MissingReason.NO_TRADE);
    add(reasons, "volume", leg.volume(), MissingReason.NOT_PROVIDED);
    add(reasons, "openInterest", leg.openInterest(), MissingReason.NOT_PROVIDED);
    MissingReason why = notComputed.isEmpty() ? MissingReason.NOT_PROVIDED : notComputed.get(0);
    add(reasons, "iv", leg.volatility(), why);
    add(reasons, "delta", leg.greeks().delta(), why);
    add(reasons, "gamma", leg.greeks().gamma(), why);
    add(reasons, "theta", leg.greeks().theta(), why);
    add(reasons, "vega", leg.greeks().vega(), why);
    add(reasons, "rho", leg.greeks().rho(), why);
    for (String field : snapshot.unsupported()) {
      if (notComputed.isEmpty() || !COMPUTED.contains(field)) {
        reasons.computeIfPresent(field, (name, other) -> MissingReason.UNSUPPORTED);
      }
    }
    return reasons;
  }

  private static void add(
      Map<String, MissingReason> reasons, String field, double value, MissingReason reason) {
    if (Double.isNaN(value)) {
      reasons.put(field, reason);
    }
  }
}
