package io.candlehub.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Legs for tests: good ones, of which a test changes what it is about. */
public final class Legs {
  /** What was not told. */
  public static final double NONE = Double.NaN;

  /** Values that a call at the money may have. */
  public static final Greeks CALL_GREEKS = new Greeks(0.5, 0.01, -0.1, 0.2, 0.1);

  /** Values that a put at the money may have. */
  public static final Greeks PUT_GREEKS = new Greeks(-0.5, 0.01, -0.1, 0.2, -0.1);

  private Legs() {}

  /** Returns the contract of a symbol. */
  public static OptionContract contract(String symbol) {
    return OptionContract.of(Instrument.of(symbol)).orElseThrow();
  }

  /** Returns a leg that was traded at 5, 100 times today, of which 50 are open. */
  public static OptionLeg leg(String symbol, double bid, double ask, double iv, Greeks greeks) {
    return leg(symbol, bid, ask, 5, 100, 50, iv, greeks);
  }

  /** Returns a leg of which nothing is wrong but what it is given. */
  public static OptionLeg leg(
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
        0,
        false,
        List.of(),
        Map.of(),
        new Quality("first", false, List.of(), 100, 1, ""));
  }

  /** Returns a leg as a provider told it at an instant, quote alone. */
  public static SnapshotLeg snapshot(String symbol, double bid, double ask, long atMillis) {
    return snapshot(symbol, bid, ask, NONE, Greeks.NONE, atMillis, Set.of());
  }

  /** Returns a leg as a provider told it at an instant. */
  public static SnapshotLeg snapshot(
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
        atMillis,
        "first",
        "",
        unsupported);
  }
}
