package io.candlehub.hub.option;

import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.Quality;
import io.candlehub.model.SnapshotLeg;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Legs for tests: good ones, of which a test changes what it is about. */
final class Legs {
  static final double NONE = Double.NaN;
  static final Greeks CALL_GREEKS = new Greeks(0.5, 0.01, -0.1, 0.2, 0.1);
  static final Greeks PUT_GREEKS = new Greeks(-0.5, 0.01, -0.1, 0.2, -0.1);

  private Legs() {}

  static OptionContract contract(String symbol) {
    return OptionContract.of(Instrument.of(symbol)).orElseThrow();
  }

  static OptionLeg leg(String symbol, double bid, double ask, double iv, Greeks greeks) {
    return leg(symbol, bid, ask, 5, 100, 50, iv, greeks);
  }

  static OptionLeg leg(
      String symbol,
      double bid,
      double ask,
      double last,
      double volume,
      double openInterest,
      double iv,
      Greeks greeks) {
    return new OptionLeg(
        contract(symbol),
        bid,
        ask,
        1,
        1,
        last,
        volume,
        openInterest,
        iv,
        greeks,
        false,
        List.of(),
        Map.of(),
        new Quality("first", false, List.of(), 100, 1, ""));
  }

  static SnapshotLeg snapshot(String symbol, double bid, double ask, long atMillis) {
    return snapshot(symbol, bid, ask, NONE, Greeks.NONE, atMillis, Set.of());
  }

  static SnapshotLeg snapshot(
      String symbol,
      double bid,
      double ask,
      double iv,
      Greeks greeks,
      long atMillis,
      Set<String> unsupported) {
    return new SnapshotLeg(
        OptionTerms.of(contract(symbol)),
        bid,
        ask,
        10,
        20,
        NONE,
        100,
        50,
        iv,
        greeks,
        atMillis,
        "first",
        "",
        unsupported);
  }
}
