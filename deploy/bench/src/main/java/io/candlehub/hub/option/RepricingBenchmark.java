package io.candlehub.hub.option;

import io.candlehub.model.OptionRight;
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
 * Re-prices a chain of 5,000 contracts: from each price the implied volatility, from that all greeks. 20 expirations
 * from 4 days to 1.8 years, 125 strikes from 70 to 130 % of the spot, calls and puts, with a smile. What is kept for an
 * expiration is made anew each time, as when a minute has passed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RepricingBenchmark {
  private static final int EXPIRATIONS = 20;
  private static final int STRIKES = 125;
  private static final double SPOT = 100;

  /** Exercise style. */
  @Param({"american", "american-no-dividends", "european"})
  public String style;

  private PricingModel model;
  private final double[][][] prices = new double[EXPIRATIONS][STRIKES][2];

  /** Prices the chain. */
  @Setup
  public void price() {
    model = new PricingModel(0.045, style.equals("american") ? 0.013 : 0);
    for (int i = 0; i < EXPIRATIONS; i++) {
      ExpirationPricer pricer = pricer(i);
      for (int j = 0; j < STRIKES; j++) {
        double volatility = 0.15 + 0.2 * Math.abs(Math.log(strike(j) / SPOT)) + 0.1;
        for (OptionRight right : OptionRight.values()) {
          prices[i][j][side(right)] = pricer.price(right, SPOT, strike(j), volatility);
        }
      }
    }
  }

  private ExpirationPricer pricer(int expiration) {
    double years = 0.01 + 0.005 * expiration * expiration;
    return style.equals("european") ? model.european(years) : model.american(years);
  }

  private static int side(OptionRight right) {
    return right == OptionRight.CALL ? 0 : 1;
  }

  private static double strike(int j) {
    return 70 + 60.0 * j / STRIKES;
  }

  /** Re-prices all contracts once. */
  @Benchmark
  public double reprice() {
    double sum = 0;
    for (int i = 0; i < EXPIRATIONS; i++) {
      ExpirationPricer pricer = pricer(i);
      for (int j = 0; j < STRIKES; j++) {
        for (OptionRight right : OptionRight.values()) {
          double price = prices[i][j][side(right)];
          if (pricer.implied(right, SPOT, strike(j), price) instanceof Implied.Found found) {
            sum += pricer.greeks(right, SPOT, strike(j), found.volatility()).rho();
          }
        }
      }
    }
    return sum;
  }
}
