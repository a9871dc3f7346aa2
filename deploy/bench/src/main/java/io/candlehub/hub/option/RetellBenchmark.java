package io.candlehub.hub.option;

import io.candlehub.bus.ChainJson;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionRight;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Tells all 500 legs of an expiration again, as the owner of a chain does when they have grown old: values and judges each
 * and writes the one message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RetellBenchmark {
  private static final int LEGS = 500;
  private static final double SPOT = 650;
  private static final double YEARS = 18.0 / 365;
  private static final LocalDate DATE = LocalDate.of(2025, 12, 19);
  private static final long TOLD_MILLIS = Instant.parse("2025-12-01T15:00:00Z").toEpochMilli();
  private static final long NOW_MILLIS = TOLD_MILLIS + 6_000;

  /** Whether the provider told greeks, or they are computed here. */
  @Param({"told", "computed"})
  public String greeks;

  private ChainBook book;
  private final List<String> symbols = new ArrayList<>();

  /** Fills the book. */
  @Setup
  public void fill() {
    PricingModel model = new PricingModel(0.04, 0.012);
    book = new ChainBook("SPY", new LegValuer(model));
    ExpirationPricer pricer = model.american(YEARS);
    List<SnapshotLeg> legs = new ArrayList<>();
    for (int i = 0; i < LEGS; i++) {
      int strike = 525 + i / 2;
      OptionRight right = i % 2 == 0 ? OptionRight.CALL : OptionRight.PUT;
      String symbol =
          String.format(Locale.ROOT, "O:SPY251219%s%08d", right.letter(), strike * 1_000);
      symbols.add(symbol);
      legs.add(leg(symbol, pricer.price(right, SPOT, strike, 0.2)));
    }
    book.snapshot(legs);
    book.spot(new Spot(SPOT, TOLD_MILLIS));
  }

  private SnapshotLeg leg(String symbol, double price) {
    boolean told = greeks.equals("told");
    return new SnapshotLeg(
        OptionTerms.of(OptionContract.of(Instrument.of(symbol)).orElseThrow()),
        price,
        price + 0.02,
        10,
        20,
        price,
        1_000,
        5_000,
        told ? 0.2 : Double.NaN,
        told ? new Greeks(0.5, 0.01, -0.1, 0.2, 0.1) : Greeks.NONE,
        TOLD_MILLIS,
        TOLD_MILLIS,
        "massive",
        "",
        Set.of());
  }

  /** Returns the bytes of the message. */
  @Benchmark
  public int tellAgain() {
    List<OptionLeg> legs = new ArrayList<>(LEGS);
    symbols.forEach(symbol -> book.leg(symbol, NOW_MILLIS).ifPresent(legs::add));
    ChainUpdate update = new ChainUpdate(
        "SPY", DATE, legs, List.of(), 0, List.of(), List.of(), Double.NaN, List.of());
    return ChainJson.update(update).length();
  }

  /** Returns the bytes of a message whose greeks are told or computed. */
  public static int bytes(String greeks) {
    RetellBenchmark once = new RetellBenchmark();
    once.greeks = greeks;
    once.fill();
    return once.tellAgain();
  }
}
