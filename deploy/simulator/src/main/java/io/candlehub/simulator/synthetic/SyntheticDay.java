package io.candlehub.simulator.synthetic;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One symbol's invented day: the minutes are kept, seconds, trades and quotes are drawn again whenever they are asked
 * for. Immutable, safe anywhere.
 */
final class SyntheticDay implements SymbolDay {
  private static final long MINUTE = 60_000;

  private final Symbol symbol;
  private final TradingDay day;
  private final List<Halt> halts;
  private final long key;
  private final Slice[] slices;
  private final Bars minutes;
  private final List<Correction> corrections;

  SyntheticDay(long seed, Symbol symbol, TradingDay day, DayPlan plan) {
    this.symbol = symbol;
    this.day = day;
    this.halts = plan.halts();
    this.key = Noise.key(
        Noise.key(Noise.key(seed, 2), symbol.listing().ticker()), day.date().toEpochDay());
    this.slices = new Slice[(int) ((day.postCloseMillis() - day.preOpenMillis()) / MINUTE)];
    session(1, day.preOpenMillis(), day.openMillis(), plan.pre());
    session(2, day.openMillis(), day.closeMillis(), plan.regular());
    session(3, day.closeMillis(), day.postCloseMillis(), plan.post());
    this.minutes = new Bars(slices.length);
    this.corrections = new ArrayList<>();
    SecondDraw draw = new SecondDraw(symbol, key);
    for (int i = 0; i < slices.length; i++) {
      if (slices[i] != null) {
        publish(draw, i);
      }
    }
    corrections.sort(Comparator.comparingLong(Correction::dueMillis));
  }

  private void session(int number, long from, long to, Slice whole) {
    if (whole.volume() == 0) {
      return;
    }
    int first = (int) ((from - day.preOpenMillis()) / MINUTE);
    int slots = (int) ((to - from) / MINUTE);
    Activity activity =
        new SessionActivity(number, slots, whole.volume(), haltedSlots(from, slots));
    SliceDivider.divide(
        Noise.key(key, number),
        whole,
        slots,
        activity,
        (slot, slice) -> slices[first + slot] = slice);
  }

  private boolean[] haltedSlots(long from, int slots) {
    boolean[] halted = new boolean[slots];
    for (int i = 0; i < slots; i++) {
      long start = from + i * MINUTE;
      halted[i] = halts.stream().anyMatch(halt -> halt.overlaps(start, start + MINUTE));
    }
    return halted;
  }

  private void publish(SecondDraw draw, int slot) {
    long start = day.preOpenMillis() + slot * MINUTE;
    Bars seconds = new Bars(60);
    draw.minute(slot, start, slices[slot], seconds);
    minutes.add(seconds.fold(0, seconds.size(), start));
    draw.late().ifPresent(late -> {
      long second = late.second().startMillis();
      Bars later = seconds.map(row -> row.startMillis() == second ? late.second() : row);
      BarRow minute = later.fold(0, later.size(), start);
      corrections.add(
          new Correction(late.dueMillis(), minute, late.second(), late.price(), late.shares()));
    });
  }

  @Override
  public String ticker() {
    return symbol.listing().ticker();
  }

  @Override
  public TradingDay day() {
    return day;
  }

  @Override
  public Bars minutes() {
    return minutes;
  }

  @Override
  public Bars seconds(long fromMillis, long toMillis) {
    Bars found = new Bars(64);
    SecondDraw draw = new SecondDraw(symbol, key);
    forMinutes(
        fromMillis, toMillis, (slot, start) -> draw.minute(slot, start, slices[slot], found));
    return found.between(fromMillis, toMillis);
  }

  @Override
  public List<Correction> corrections() {
    return corrections;
  }

  @Override
  public Trades trades(long fromMillis, long toMillis) {
    Trades found = new Trades(128);
    SecondDraw draw = new SecondDraw(symbol, key);
    forMinutes(fromMillis, toMillis, (slot, start) -> {
      boolean regular = start >= day.openMillis() && start < day.closeMillis();
      draw.trades(slot, start, slices[slot], regular ? "" : "12", found);
    });
    return found.between(fromMillis, toMillis);
  }

  @Override
  public Quotes quotes(long fromMillis, long toMillis) {
    Quotes found = new Quotes(128);
    SecondDraw draw = new SecondDraw(symbol, key);
    forMinutes(
        fromMillis, toMillis, (slot, start) -> draw.quotes(slot, start, slices[slot], found));
    return found.between(fromMillis, toMillis);
  }

  private void forMinutes(long fromMillis, long toMillis, MinuteAction action) {
    long from = Math.max(0, Math.floorDiv(fromMillis - day.preOpenMillis(), MINUTE));
    long to = Math.min(slices.length, -Math.floorDiv(day.preOpenMillis() - toMillis, MINUTE));
    for (int slot = (int) Math.min(from, slices.length); slot < to; slot++) {
      if (slices[slot] != null) {
        action.run(slot, day.preOpenMillis() + slot * MINUTE);
      }
    }
  }

  @Override
  public List<Halt> halts() {
    return halts;
  }

  private interface MinuteAction {
    void run(int slot, long startMillis);
  }
}
