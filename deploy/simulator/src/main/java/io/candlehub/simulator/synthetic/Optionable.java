package io.candlehub.simulator.synthetic;

import java.util.List;

/**
 * A symbol with options.
 *
 * @param name the symbol, for example {@code SPY} or {@code I:SPX}
 * @param source share whose price it follows
 * @param ratio its price by that of its source
 * @param daily true if options expire every day
 * @param yield dividend yield, continuous
 * @param volatility usual volatility
 * @param busiest contracts a day of its busiest option
 * @param nearStep distance of strikes up to two months, in thousandths
 * @param farStep distance of strikes beyond
 */
record Optionable(
    String name,
    String source,
    double ratio,
    boolean daily,
    double yield,
    double volatility,
    double busiest,
    long nearStep,
    long farStep) {
  static final double SPX_BY_SPY = 10.03;
  static final double NDX_BY_QQQ = 41.1;

  static final List<Optionable> ALL = List.of(
      fund("SPY", 0.012, 0.15, 24_000),
      fund("QQQ", 0.006, 0.20, 14_000),
      fund("IWM", 0.011, 0.21, 4_000),
      share("AAPL", 0.004, 0.26, 9_000, 2_500, 5_000),
      share("MSFT", 0.007, 0.24, 3_000, 2_500, 5_000),
      share("AMZN", 0, 0.30, 5_000, 2_500, 5_000),
      share("META", 0.003, 0.33, 2_500, 5_000, 10_000),
      share("GOOGL", 0.003, 0.29, 3_000, 2_500, 5_000),
      share("TSLA", 0, 0.55, 12_000, 2_500, 5_000),
      new Optionable("I:SPX", "SPY", SPX_BY_SPY, true, 0.012, 0.15, 5_000, 10_000, 50_000));

  private static Optionable fund(String name, double yield, double volatility, double busiest) {
    return new Optionable(name, name, 1, true, yield, volatility, busiest, 1_000, 5_000);
  }

  private static Optionable share(
      String name, double yield, double volatility, double busiest, long near, long far) {
    return new Optionable(name, name, 1, false, yield, volatility, busiest, near, far);
  }

  boolean isIndex() {
    return name.startsWith("I:");
  }
}
