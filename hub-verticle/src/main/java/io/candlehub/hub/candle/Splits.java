package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The splits of an instrument that bars are adjusted for: those executed up to a date. Immutable.
 *
 * <p>A bar before a split's execution date gets its prices multiplied by {@code from / to} and its volume by
 * {@code to / from}, once per split after it.
 */
public final class Splits {
  private static final Splits NONE = new Splits(List.of(), new long[0]);

  private final List<Split> executed;
  private final long[] executionMillis;

  private Splits(List<Split> executed, long[] executionMillis) {
    this.executed = executed;
    this.executionMillis = executionMillis;
  }

  /**
   * One split: {@code from} shares became {@code to} shares.
   *
   * @param date the execution date, the first day on which the new shares traded
   * @param from shares before, positive
   * @param to shares after, positive
   */
  public record Split(LocalDate date, double from, double to) {
    /** Checks the ratio. */
    public Split {
      Objects.requireNonNull(date, "date");
      if (!(from > 0 && to > 0)) {
        throw new IllegalArgumentException("split " + from + " to " + to + " must be positive");
      }
    }
  }

  /** Returns the table without splits. */
  public static Splits none() {
    return NONE;
  }

  /** Returns the splits executed up to a date, that day included. */
  public static Splits executed(List<Split> all, LocalDate upTo, TradingCalendar calendar) {
    List<Split> executed = new ArrayList<>();
    for (Split split : all) {
      if (!split.date().isAfter(upTo) && split.from() != split.to()) {
        executed.add(split);
      }
    }
    long[] millis =
        executed.stream().mapToLong(split -> calendar.startOf(split.date())).toArray();
    return new Splits(List.copyOf(executed), millis);
  }

  /** Writes the table. */
  void writeTo(DeltaWriter out) {
    out.number(executed.size());
    for (Split split : executed) {
      out.signed(split.date().toEpochDay());
      out.decimal(split.from());
      out.decimal(split.to());
    }
  }

  /** Returns the table that was written. */
  static Splits readFrom(DeltaReader in, TradingCalendar calendar) {
    List<Split> all = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      all.add(new Split(LocalDate.ofEpochDay(in.signed()), in.decimal(), in.decimal()));
    }
    return all.isEmpty() ? NONE : executed(all, LocalDate.MAX, calendar);
  }

  /** Returns a bar adjusted for all splits after it. */
  public Bar adjust(Bar bar) {
    double from = 1;
    double to = 1;
    for (int i = 0; i < executionMillis.length; i++) {
      if (bar.startMillis() < executionMillis[i]) {
        from *= executed.get(i).from();
        to *= executed.get(i).to();
      }
    }
    if (from == to) {
      return bar;
    }
    return new Bar(
        bar.startMillis(),
        bar.open() * from / to,
        bar.high() * from / to,
        bar.low() * from / to,
        bar.close() * from / to,
        bar.volume() * to / from,
        bar.vwap() * from / to,
        bar.trades(),
        bar.state(),
        bar.revision(),
        bar.source(),
        bar.coverage());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Splits that && executed.equals(that.executed);
  }

  @Override
  public int hashCode() {
    return executed.hashCode();
  }
}
