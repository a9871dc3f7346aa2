package io.candlehub.hub.indicator;

/**
 * The volume-weighted average price since the first bar of the trade date: exact where bars carry their own average
 * price, else by a third of high, low and close. Without volume there is no value.
 */
final class VwapStudy implements Study {
  private final SessionDays days;
  private final Column date = new Column();
  private final Column turnover = new Column();
  private final Column volume = new Column();

  VwapStudy(SessionDays days) {
    this.days = days;
  }

  @Override
  public int reach() {
    return 0;
  }

  @Override
  public int settledBars() {
    return 1;
  }

  @Override
  public boolean compute(BarTable bars, int i) {
    double day = days.dateOf(bars.start(i)).toEpochDay();
    boolean goesOn = i > 0 && date.get(i - 1) == day;
    double traded = bars.volume(i);
    double paid = traded == 0 ? 0 : bars.averagePrice(i) * traded;
    boolean changed = date.set(i, day);
    changed |= turnover.set(i, (goesOn ? turnover.get(i - 1) : 0) + paid);
    changed |= volume.set(i, (goesOn ? volume.get(i - 1) : 0) + traded);
    return changed;
  }

  @Override
  public double value(int column, int i) {
    double traded = volume.get(i);
    return traded > 0 ? turnover.get(i) / traded : Double.NaN;
  }
}
