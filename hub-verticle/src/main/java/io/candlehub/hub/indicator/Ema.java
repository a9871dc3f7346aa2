package io.candlehub.hub.indicator;

/**
 * An exponential average of numbers that begin somewhere in a column: its first value is their mean over a window, then
 * each number enters with a weight.
 */
final class Ema {
  /** What the beginning may still weigh in a settled value. */
  private static final double NEGLIGIBLE = 0.001;

  private final int window;
  private final double weight;

  /**
   * Creates an average.
   *
   * @param window how many numbers the first value is the mean of
   * @param weight weight of each later number, above 0, at most 1
   */
  Ema(int window, double weight) {
    this.window = window;
    this.weight = weight;
  }

  /** Returns the average of a window as charts use it, with weight 2 / (window + 1). */
  static Ema ofWindow(int window) {
    return new Ema(window, 2.0 / (window + 1));
  }

  /** Returns Wilder's average of a window, with weight 1 / window. */
  static Ema wilder(int window) {
    return new Ema(window, 1.0 / window);
  }

  /** Returns how many numbers there must be until the beginning weighs next to nothing. */
  int settledAfter() {
    if (weight == 1) {
      return window;
    }
    return window + (int) Math.ceil(Math.log(NEGLIGIBLE) / Math.log1p(-weight));
  }

  /**
   * Returns the average at a place.
   *
   * @param numbers of which it is made
   * @param begin place of the first number
   * @param i place
   * @param before the average at the place before
   * @return NaN before there is a window of numbers
   */
  double at(Column numbers, int begin, int i, double before) {
    int first = begin + window - 1;
    if (i < first) {
      return Double.NaN;
    }
    if (i > first) {
      return before + (numbers.get(i) - before) * weight;
    }
    double sum = 0;
    for (int k = begin; k <= i; k++) {
      sum += numbers.get(k);
    }
    return sum / window;
  }
}
