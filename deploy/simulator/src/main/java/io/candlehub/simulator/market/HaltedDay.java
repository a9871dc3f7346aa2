package io.candlehub.simulator.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A day out of which trading halts were cut: nothing trades or quotes while they last. */
final class HaltedDay extends ChangedDay {
  private final List<Halt> cuts;
  private final Bars minutes;

  HaltedDay(SymbolDay whole, List<Halt> cuts) {
    super(whole);
    this.cuts = cuts;
    this.minutes = cutMinutes();
  }

  private Bars cutMinutes() {
    Bars all = whole().minutes();
    Bars kept = new Bars(all.size());
    for (int i = 0; i < all.size(); i++) {
      long start = all.startMillis(i);
      if (!isCut(start, start + 60_000)) {
        kept.add(all.row(i));
        continue;
      }
      Bars rest = seconds(start, start + 60_000);
      if (rest.size() > 0) {
        kept.add(rest.fold(0, rest.size(), start));
      }
    }
    return kept;
  }

  private boolean isCut(long from, long to) {
    for (Halt cut : cuts) {
      if (cut.overlaps(from, to)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Bars minutes() {
    return minutes;
  }

  @Override
  public Bars seconds(long fromMillis, long toMillis) {
    Bars all = whole().seconds(fromMillis, toMillis);
    Bars kept = new Bars(all.size());
    for (int i = 0; i < all.size(); i++) {
      if (!isCut(all.startMillis(i), all.startMillis(i) + 1_000)) {
        kept.add(all.row(i));
      }
    }
    return kept;
  }

  @Override
  public List<Correction> corrections() {
    return whole().corrections().stream()
        .filter(c -> !isCut(c.minute().startMillis(), c.minute().startMillis() + 60_000))
        .toList();
  }

  @Override
  public Trades trades(long fromMillis, long toMillis) {
    Trades all = whole().trades(fromMillis, toMillis);
    Trades kept = new Trades(all.size());
    for (int i = 0; i < all.size(); i++) {
      if (!isCut(all.millis(i), all.millis(i) + 1)) {
        kept.add(all, i);
      }
    }
    return kept;
  }

  @Override
  public Quotes quotes(long fromMillis, long toMillis) {
    Quotes all = whole().quotes(fromMillis, toMillis);
    Quotes kept = new Quotes(all.size());
    for (int i = 0; i < all.size(); i++) {
      if (!isCut(all.millis(i), all.millis(i) + 1)) {
        kept.add(all, i);
      }
    }
    return kept;
  }

  @Override
  public List<Halt> halts() {
    List<Halt> all = new ArrayList<>(whole().halts());
    cuts.stream()
        .filter(cut -> cut.overlaps(day().preOpenMillis(), day().postCloseMillis()))
        .forEach(all::add);
    all.sort(Comparator.comparingLong(Halt::fromMillis));
    return List.copyOf(all);
  }
}
