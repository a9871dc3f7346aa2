package io.candlehub.hub.indicator;

/**
 * The mean of the last closes and, for Bollinger bands, their standard deviation: of the whole window, divided by its
 * length (population), as John Bollinger defines it.
 *
 * <p>Each window is summed anew, oldest first: sums that slide along would depend on the path on which they came about.
 */
final class WindowStudy implements Study {
  private final int window;
  private final double deviations;
  private final Column mean = new Column();
  private final Column width = new Column();

  /**
   * Creates the study.
   *
   * @param deviations of the bands, 0 for none
   */
  WindowStudy(int window, double deviations) {
    this.window = window;
    this.deviations = deviations;
  }

  @Override
  public int reach() {
    return window - 1;
  }

  @Override
  public int settledBars() {
    return window;
  }

  @Override
  public boolean compute(BarTable bars, int i) {
    boolean changed = mean.set(i, average(bars, i));
    changed |= width.set(i, deviations * deviation(bars, i));
    return changed;
  }

  private double average(BarTable bars, int i) {
    if (i + 1 < window) {
      return Double.NaN;
    }
    double sum = 0;
    for (int k = i - window + 1; k <= i; k++) {
      sum += bars.close(k);
    }
    return sum / window;
  }

  private double deviation(BarTable bars, int i) {
    if (deviations == 0 || i + 1 < window) {
      return 0;
    }
    double squares = 0;
    for (int k = i - window + 1; k <= i; k++) {
      double off = bars.close(k) - mean.get(i);
      squares += off * off;
    }
    return Math.sqrt(squares / window);
  }

  @Override
  public double value(int column, int i) {
    return switch (column) {
      case 0 -> mean.get(i);
      case 1 -> mean.get(i) + width.get(i);
      default -> mean.get(i) - width.get(i);
    };
  }
}
