package io.candlehub.simulator.market;

import java.util.List;

/** A day on which a symbol's price moved as ordered: bars, trades and quotes alike, to the cent. Safe anywhere. */
public final class DriftedDay extends ChangedDay {
  private final Drift drift;
  private final Bars minutes;
  private final List<Correction> corrections;

  /** Moves a day. */
  public DriftedDay(SymbolDay whole, Drift drift) {
    super(whole);
    this.drift = drift;
    this.minutes = minutes(this::isMoved);
    this.corrections = whole.corrections().stream().map(this::moved).toList();
  }

  private boolean isMoved(long minute) {
    return minute + MINUTE > drift.fromMillis();
  }

  private Correction moved(Correction late) {
    long start = late.minute().startMillis();
    long second = late.second().startMillis();
    if (!isMoved(start)) {
      return late;
    }
    BarRow moved = moved(late.second());
    Bars later =
        seconds(start, start + MINUTE).map(row -> row.startMillis() == second ? moved : row);
    return new Correction(
        late.dueMillis(),
        later.fold(0, later.size(), start),
        moved,
        price(late.price(), second),
        late.size());
  }

  private BarRow moved(BarRow second) {
    long start = second.startMillis();
    return new BarRow(
        start,
        price(second.open(), start),
        price(second.high(), start),
        price(second.low(), start),
        price(second.close(), start),
        second.volume(),
        second.vwap() * drift.at(start),
        second.count());
  }

  private double price(double price, long millis) {
    double factor = drift.at(millis);
    return factor == 1 ? price : Math.round(price * factor * 100) / 100.0;
  }

  @Override
  public Bars minutes() {
    return minutes;
  }

  @Override
  public Bars seconds(long fromMillis, long toMillis) {
    return whole().seconds(fromMillis, toMillis).map(this::moved);
  }

  @Override
  public List<Correction> corrections() {
    return corrections;
  }

  @Override
  public Trades trades(long fromMillis, long toMillis) {
    Trades all = whole().trades(fromMillis, toMillis);
    Trades moved = new Trades(all.size());
    for (int i = 0; i < all.size(); i++) {
      moved.add(all, i, price(all.price(i), all.millis(i)));
    }
    return moved;
  }

  @Override
  public Quotes quotes(long fromMillis, long toMillis) {
    Quotes all = whole().quotes(fromMillis, toMillis);
    Quotes moved = new Quotes(all.size());
    for (int i = 0; i < all.size(); i++) {
      moved.add(
          all.nanos(i),
          all.sequence(i),
          side(all.bid(i), all.millis(i)),
          side(all.ask(i), all.millis(i)),
          all.tape(i));
    }
    return moved;
  }

  private Quotes.Side side(Quotes.Side side, long millis) {
    return new Quotes.Side(price(side.price(), millis), side.size(), side.exchange());
  }
}
