package io.candlehub.simulator.market;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A day out of which trading halts were cut: nothing trades or quotes while they last. */
final class HaltedDay extends ChangedDay {
  private final List<Halt> cuts;
  private final Bars minutes;

  /** Cuts halts that overlap with the day out of it. */
  HaltedDay(SymbolDay whole, List<Halt> cuts) {
    super(whole);
    this.cuts = cuts;
    this.minutes = minutes(start -> isCut(start, MINUTE));
  }

  private boolean isCut(long from, long width) {
    return cuts.stream().anyMatch(cut -> cut.overlaps(from, from + width));
  }

  @Override
  public Bars minutes() {
    return minutes;
  }

  @Override
  public Bars seconds(long fromMillis, long toMillis) {
    return whole().seconds(fromMillis, toMillis).without(start -> isCut(start, 1_000));
  }

  @Override
  public List<Correction> corrections() {
    return whole().corrections().stream()
        .filter(late -> !isCut(late.minute().startMillis(), MINUTE))
        .toList();
  }

  @Override
  public Trades trades(long fromMillis, long toMillis) {
    return whole().trades(fromMillis, toMillis).without(millis -> isCut(millis, 1));
  }

  @Override
  public Quotes quotes(long fromMillis, long toMillis) {
    return whole().quotes(fromMillis, toMillis).without(millis -> isCut(millis, 1));
  }

  @Override
  public List<Halt> halts() {
    return Stream.concat(whole().halts().stream(), cuts.stream())
        .sorted(Comparator.comparingLong(Halt::fromMillis))
        .toList();
  }
}
