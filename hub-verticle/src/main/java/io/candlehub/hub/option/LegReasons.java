package io.candlehub.hub.option;

import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.quality.MissingReasons;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    boolean sidesTold = leg.live() || snapshot.tellsSides();
    MissingReason why = notComputed.stream()
        .filter(reason -> sidesTold || reason != MissingReason.NO_QUOTE)
        .findFirst()
        .orElse(MissingReason.NOT_PROVIDED);
    return new MissingReasons()
        .sides(leg.bid(), leg.bidSize(), leg.ask(), leg.askSize(), sidesTold)
        .between("mid", leg.mid())
        .of("last", leg.last(), MissingReason.NO_TRADE)
        .of("volume", leg.volume(), MissingReason.NOT_PROVIDED)
        .of("openInterest", leg.openInterest(), MissingReason.NOT_PROVIDED)
        .of("iv", leg.volatility(), why)
        .of("delta", leg.greeks().delta(), why)
        .of("gamma", leg.greeks().gamma(), why)
        .of("theta", leg.greeks().theta(), why)
        .of("vega", leg.greeks().vega(), why)
        .of("rho", leg.greeks().rho(), why)
        .unsupported(snapshot.unsupported().stream()
            .filter(field -> notComputed.isEmpty() || !COMPUTED.contains(field))
            .collect(Collectors.toSet()))
        .all();
  }
}
