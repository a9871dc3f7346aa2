package io.candlehub.hub.indicator;

/**
 * Gerald Appel's MACD: the short average of closes less the long one, from the bar on that has both, and an average of
 * that line. All averages begin with simple ones.
 */
final class MacdStudy implements Study {
  private final int longWindow;
  private final int signalWindow;
  private final Ema shortRule;
  private final Ema longRule;
  private final Ema signalRule;
  private final Column closes = new Column();
  private final Column shortAverage = new Column();
  private final Column longAverage = new Column();
  private final Column line = new Column();
  private final Column signal = new Column();

  MacdStudy(int shortWindow, int longWindow, int signalWindow) {
    this.longWindow = longWindow;
    this.signalWindow = signalWindow;
    shortRule = Ema.ofWindow(shortWindow);
    longRule = Ema.ofWindow(longWindow);
    signalRule = Ema.ofWindow(signalWindow);
  }

  @Override
  public int reach() {
    return longWindow + signalWindow - 2;
  }

  @Override
  public int settledBars() {
    return longRule.settledAfter() + signalRule.settledAfter() - 1;
  }

  @Override
  public boolean compute(BarTable bars, int i) {
    boolean changed = closes.set(i, bars.close(i));
    changed |= shortAverage.set(i, shortRule.at(closes, 0, i, before(shortAverage, i)));
    changed |= longAverage.set(i, longRule.at(closes, 0, i, before(longAverage, i)));
    changed |= line.set(i, shortAverage.get(i) - longAverage.get(i));
    changed |= signal.set(i, signalRule.at(line, longWindow - 1, i, before(signal, i)));
    return changed;
  }

  private static double before(Column column, int i) {
    return i == 0 ? Double.NaN : column.get(i - 1);
  }

  @Override
  public double value(int column, int i) {
    return switch (column) {
      case 0 -> line.get(i);
      case 1 -> signal.get(i);
      default -> line.get(i) - signal.get(i);
    };
  }
}
