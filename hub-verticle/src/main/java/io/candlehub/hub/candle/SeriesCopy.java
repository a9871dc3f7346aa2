package io.candlehub.hub.candle;

import io.candlehub.model.TradingCalendar;
import java.util.Optional;

/**
 * A copy of a series that another node owns, kept up to date by deltas, to be taken over if that node dies or hands the
 * series over. Confined to the hub's event loop.
 */
public final class SeriesCopy {
  private final TradingCalendar calendar;
  private final long confirmDelayMillis;
  private Optional<CandleSeries> copy = Optional.empty();

  /**
   * Creates a copy that knows nothing.
   *
   * @param calendar the exchange's calendar
   * @param confirmDelayMillis how long after a minute's end an answer of the history is trusted
   */
  public SeriesCopy(TradingCalendar calendar, long confirmDelayMillis) {
    this.calendar = calendar;
    this.confirmDelayMillis = confirmDelayMillis;
  }

  /**
   * Takes a delta of {@link CandleSeries#delta}.
   *
   * @return false if it begins after what is known, so that a full one is needed
   * @throws IllegalArgumentException if another version of the program has written it
   */
  public boolean take(byte[] delta) {
    DeltaReader in = new DeltaReader(delta);
    SeriesDelta.Head head = SeriesDelta.head(in);
    if (head.isFull()) {
      copy = Optional.of(new CandleSeries(calendar, confirmDelayMillis));
    } else if (copy.isEmpty() || copy.get().seq() < head.fromSeq()) {
      return false;
    }
    copy.get().take(in, head);
    return true;
  }

  /** Returns the position up to which the copy is the series, -1 if it is not known at all. */
  public long seq() {
    return copy.map(CandleSeries::seq).orElse(-1L);
  }

  /**
   * Returns the series to go on with, under the same epoch; empty if nothing is known. The copy must not be used any
   * more.
   *
   * @param wholeFromMillis start of the first minute all of whose streamed events will be told again
   * @param leap how many positions to leave out, more than any owner can have given since the last delta
   */
  public Optional<CandleSeries> takeOver(long wholeFromMillis, long leap) {
    copy.ifPresent(series -> series.takeOver(wholeFromMillis, leap));
    return copy;
  }
}
