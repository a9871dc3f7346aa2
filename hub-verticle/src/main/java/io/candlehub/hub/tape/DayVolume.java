package io.candlehub.hub.tape;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.quality.Assessment;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The day's volume of one instrument: as it was told last, and what was traded since where trades are all that streams.
 *
 * <p>Sizes can be added only to a volume that was told while they streamed, so whatever interrupts the stream ends that,
 * until the volume is told again. A volume that nothing carries on is withheld as soon as the rest of the quote is
 * {@value Assessment#STALE_MILLIS} ms newer: it would stand still and look as new. Confined to the hub's event loop.
 */
final class DayVolume {
  /** How far back trades are remembered, for an answer is older than when it arrives. */
  private static final long REMEMBERED_MILLIS = 15_000;

  private static final int MOST_REMEMBERED = 4_096;

  /** All trade dates begin at a whole hour. */
  private static final long HOUR_MILLIS = 3_600_000;

  private final TradingCalendar calendar;
  private final Deque<Sale> sales = new ArrayDeque<>();
  private VolumeCarrier carrier = VolumeCarrier.NOBODY;

  /** What streams since the volume was asked for. */
  private VolumeCarrier expected = VolumeCarrier.NOBODY;

  private double told = Double.NaN;
  private long toldAtMillis = Long.MIN_VALUE;
  private double since;
  private long heldUntilMillis = Long.MIN_VALUE;
  private LocalDate date = LocalDate.MIN;
  private long lastHour = Long.MIN_VALUE;

  /** True if it was told once, but withheld by who knew it before. */
  private boolean wasWithheld;

  private record Sale(long atMillis, double size) {}

  DayVolume(TradingCalendar calendar) {
    this.calendar = calendar;
  }

  private boolean isLoose() {
    return carrier == VolumeCarrier.NOBODY;
  }

  /**
   * Says whether to ask for the volume: nothing carries it on and something would.
   *
   * @param streaming what streams now and tells volume
   */
  boolean ask(VolumeCarrier streaming) {
    expected = isLoose() ? streaming : VolumeCarrier.NOBODY;
    return expected != VolumeCarrier.NOBODY;
  }

  /**
   * Takes the day's volume of a streamed bar; NaN tells nothing.
   *
   * @param second false of a minute's bar, which is too rare to carry it
   */
  void bar(double dayVolume, long endMillis, boolean second) {
    if (Double.isNaN(dayVolume)) {
      return;
    }
    reach(endMillis - 1);
    boolean byTrades = carrier == VolumeCarrier.TRADES;
    double before = byTrades && second ? told + since : dayVolume;
    told = before > dayVolume ? before : dayVolume;
    wasWithheld = false;
    toldAtMillis = endMillis;
    heldUntilMillis = Math.max(heldUntilMillis, endMillis);
    since = byTrades && !second ? soldAfter(endMillis) : 0;
    if (second) {
      carrier = VolumeCarrier.BARS;
      sales.clear();
    }
  }

  /** Takes a trade that counts; returns true if that changes the volume. */
  boolean sale(long atMillis, double size) {
    reach(atMillis);
    if (carrier == VolumeCarrier.BARS) {
      return false;
    }
    sales.addLast(new Sale(atMillis, size));
    while (sales.size() > MOST_REMEMBERED
        || sales.peekFirst().atMillis < atMillis - REMEMBERED_MILLIS) {
      sales.removeFirst();
    }
    boolean counts = carrier == VolumeCarrier.TRADES && atMillis > toldAtMillis && size > 0;
    since += counts ? size : 0;
    return counts;
  }

  /**
   * Takes what a provider said when it was asked, unless something carries the volume on anyway; NaN tells nothing.
   *
   * @param atMillis market time of the newest part of the answer, 0 if not known
   * @param nowMillis market time at which it came
   */
  void answer(double volume, long atMillis, long nowMillis) {
    if (Double.isNaN(volume) || !isLoose()) {
      return;
    }
    reach(nowMillis);
    told = volume;
    wasWithheld = false;
    toldAtMillis = atMillis > 0 ? atMillis : nowMillis;
    heldUntilMillis = nowMillis;
    since = expected == VolumeCarrier.TRADES ? soldAfter(toldAtMillis) : 0;
    carrier = expected;
  }

  /**
   * Takes what was known at a time by somebody else.
   *
   * @param withheld true if it was told once and withheld since, so that it is NaN
   */
  void known(double volume, long atMillis, boolean withheld) {
    reach(atMillis);
    carrier = VolumeCarrier.NOBODY;
    told = volume;
    wasWithheld = withheld;
    toldAtMillis = atMillis;
    heldUntilMillis = atMillis;
    since = 0;
  }

  /** Takes note that something does not stream any more, or did not for a while. */
  void lost(VolumeCarrier what, long nowMillis) {
    if (what == expected) {
      expected = VolumeCarrier.NOBODY;
    }
    if (what == carrier && !isLoose()) {
      told += since;
      since = 0;
      carrier = VolumeCarrier.NOBODY;
      heldUntilMillis = nowMillis;
      sales.clear();
    }
  }

  /** Takes note of a time that the market has reached: with a new trade date the volume begins again. */
  void reach(long marketMillis) {
    long hour = Math.floorDiv(marketMillis, HOUR_MILLIS);
    if (hour <= lastHour) {
      return;
    }
    lastHour = hour;
    LocalDate today = calendar.todayAt(marketMillis);
    if (today.isAfter(date)) {
      boolean isFirst = date.equals(LocalDate.MIN);
      date = today;
      if (!isFirst) {
        begin(marketMillis);
      }
    }
  }

  private void begin(long marketMillis) {
    told = isLoose() ? Double.NaN : 0;
    wasWithheld = false;
    since = 0;
    toldAtMillis = marketMillis - 1;
  }

  private double soldAfter(long millis) {
    double sum = 0;
    for (Sale sale : sales) {
      sum += sale.atMillis > millis ? sale.size : 0;
    }
    return sum;
  }

  /**
   * Returns the volume, NaN if it is not known or withheld.
   *
   * @param quotedAtMillis market time of the newest part of the quote
   */
  double value(long quotedAtMillis) {
    return isWithheld(quotedAtMillis) ? Double.NaN : told + since;
  }

  /** Returns true if it was told, but so long before the rest of the quote that it must not look as new. */
  boolean isWithheld(long quotedAtMillis) {
    boolean isOld = quotedAtMillis > heldUntilMillis + Assessment.STALE_MILLIS;
    return wasWithheld || (isLoose() && !Double.isNaN(told) && isOld);
  }
}
