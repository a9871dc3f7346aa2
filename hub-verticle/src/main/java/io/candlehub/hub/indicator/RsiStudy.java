package io.candlehub.hub.indicator;

/**
 * J. Welles Wilder's relative strength index of closes: 100 - 100 / (1 + average gain / average loss), whose averages
 * begin with the means over the first window of changes. Without any loss it is 100.
 */
final class RsiStudy implements Study {
  private static final double FULL = 100;

  private final int window;
  private final Ema rule;
  private final Column gains = new Column();
  private final Column losses = new Column();
  private final Column gain = new Column();
  private final Column loss = new Column();

  RsiStudy(int window) {
    this.window = window;
    rule = Ema.wilder(window);
  }

  @Override
  public int reach() {
    return window;
  }

  @Override
  public int settledBars() {
    return rule.settledAfter() + 1;
  }

  @Override
  public boolean compute(BarTable bars, int i) {
    double change = i == 0 ? Double.NaN : bars.close(i) - bars.close(i - 1);
    boolean changed = gains.set(i, Math.max(0, change));
    changed |= losses.set(i, Math.max(0, -change));
    changed |= gain.set(i, i == 0 ? Double.NaN : rule.at(gains, 1, i, gain.get(i - 1)));
    changed |= loss.set(i, i == 0 ? Double.NaN : rule.at(losses, 1, i, loss.get(i - 1)));
    return changed;
  }

  @Override
  public double value(int column, int i) {
    double down = loss.get(i);
    return down == 0 ? FULL : FULL - FULL / (1 + gain.get(i) / down);
  }
}
