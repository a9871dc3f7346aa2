package io.candlehub.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * The options on an underlying.
 *
 * @param underlying its canonical symbol
 * @param spot its price, NaN if not known
 * @param expirations ascending by date, then root
 * @param quality how much to trust it as a whole
 */
public record OptionChain(
    String underlying, double spot, List<Expiration> expirations, Quality quality) {
  /**
   * The options of one root that expire on one date. Where two roots share a date (SPX and SPXW), there are two.
   *
   * @param date the date in their symbols
   * @param root what their symbols begin with
   * @param strikes ascending
   */
  public record Expiration(LocalDate date, String root, List<Strike> strikes) {
    /** Checks presence. */
    public Expiration {
      Objects.requireNonNull(root, "root");
      Objects.requireNonNull(date, "date");
      strikes = List.copyOf(strikes);
    }
  }

  /**
   * The options of one strike.
   *
   * @param price the strike
   * @param legs the call, the put, or both, in this order
   */
  public record Strike(double price, List<OptionLeg> legs) {
    /** Checks presence. */
    public Strike {
      legs = List.copyOf(legs);
    }
  }

  /** Checks presence. */
  public OptionChain {
    Objects.requireNonNull(underlying, "underlying");
    Objects.requireNonNull(quality, "quality");
    expirations = List.copyOf(expirations);
  }

  /** Returns the chain as something that nobody could be asked for again; its legs say themselves how old they are. */
  public OptionChain lastKnown() {
    return new OptionChain(underlying, spot, expirations, quality.lastKnown());
  }
}
