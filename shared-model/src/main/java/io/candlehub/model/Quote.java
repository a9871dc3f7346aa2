package io.candlehub.model;

import java.util.Map;
import java.util.Objects;

/**
 * The best bid and offer of an instrument and its last price. A side or value not known is NaN.
 *
 * @param instrument whose quote
 * @param bid best bid price
 * @param ask best offer price
 * @param bidSize size at the bid, in the provider's units
 * @param askSize size at the offer, in the provider's units
 * @param last last price
 * @param volume the day's volume so far
 * @param openInterest contracts open at the end of the day before, of an option
 * @param previousClose last session's closing price
 * @param atMillis market time of the newest part, epoch millis
 * @param sidesAtMillis market time at which bid and ask were quoted, epoch millis, 0 if not known; without any that of the
 *     newest part
 * @param lastAtMillis market time of the last price, epoch millis; without any that of the newest part
 * @param origin who told it
 * @param reasons why a value is missing, by its field's name in JSON, as far as somebody said
 */
public record Quote(
    Instrument instrument,
    double bid,
    double ask,
    double bidSize,
    double askSize,
    double last,
    double volume,
    double openInterest,
    double previousClose,
    long atMillis,
    long sidesAtMillis,
    long lastAtMillis,
    Origin origin,
    Map<String, MissingReason> reasons)
    implements Quoted {
  /** Checks presence and copies the reasons. */
  public Quote {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(origin, "origin");
    reasons = Map.copyOf(reasons);
    if (Double.isNaN(bid) && Double.isNaN(ask)) {
      sidesAtMillis = atMillis;
    }
    if (Double.isNaN(last)) {
      lastAtMillis = atMillis;
    }
  }

  /** Creates a quote, all of one time, of which nobody says why values are missing. */
  public Quote(
      Instrument instrument,
      double bid,
      double ask,
      double bidSize,
      double askSize,
      double last,
      double volume,
      double openInterest,
      double previousClose,
      long atMillis,
      Origin origin) {
    this(
        instrument,
        bid,
        ask,
        bidSize,
        askSize,
        last,
        volume,
        openInterest,
        previousClose,
        atMillis,
        atMillis,
        atMillis,
        origin,
        Map.of());
  }

  /** Returns the same quote with why values are missing; the same object without any reason. */
  public Quote because(Map<String, MissingReason> why) {
    return why.isEmpty() && reasons.isEmpty() ? this : with(origin, why);
  }

  /** Returns the same quote with who told it. */
  public Quote toldBy(Origin who) {
    return with(who, reasons);
  }

  private Quote with(Origin who, Map<String, MissingReason> why) {
    return new Quote(
        instrument,
        bid,
        ask,
        bidSize,
        askSize,
        last,
        volume,
        openInterest,
        previousClose,
        atMillis,
        sidesAtMillis,
        lastAtMillis,
        who,
        why);
  }

  /** Returns the middle of bid and ask, NaN if a side is missing. */
  public double mid() {
    return (bid + ask) / 2;
  }

  /** Returns ask minus bid, NaN if a side is missing. */
  public double spread() {
    return ask - bid;
  }
}
