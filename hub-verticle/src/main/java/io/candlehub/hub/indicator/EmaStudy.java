package io.candlehub.hub.indicator;

/** An exponential moving average of closes that begins with the simple one. */
final class EmaStudy implements Study {
  private final int window;
  private final Ema rule;
  private final Column closes = new Column();
  private final Column average = new Column();

  EmaStudy(int window) {
    this.window = window;
    rule = Ema.ofWindow(window);
  }

  @Override
  public int reach() {
    return window - 1;
  }

  @Override
  public int settledBars() {
    return rule.settledAfter();
  }

  @Override
  public boolean compute(BarTable bars, int i) {
    boolean changed = closes.set(i, bars.close(i));
    double before = i == 0 ? Double.NaN : average.get(i - 1);
    changed |= average.set(i, rule.at(closes, 0, i, before));
    return changed;
  }

  @Override
  public double value(int column, int i) {
    return average.get(i);
  }
}
