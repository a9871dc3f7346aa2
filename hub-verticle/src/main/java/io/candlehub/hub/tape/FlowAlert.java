package io.candlehub.hub.tape;

import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import java.util.List;
import java.util.Objects;

/**
 * Something unusual in the trades of one option contract, with its evidence. One event has one id: a sweep that goes on
 * is told again under its id with a higher revision, which replaces the former.
 *
 * @param kind what is unusual
 * @param id the event, unique over all contracts and days
 * @param revision 0 when it is told first
 * @param contract the option contract
 * @param side the aggressor
 * @param confidence in the side, 0 to 100, the least of all trades
 * @param fromMillis market time of the first trade, epoch millis
 * @param toMillis market time of the last trade, epoch millis
 * @param prints number of trades
 * @param sweepPrints how many of them are marked as part of an intermarket sweep
 * @param exchanges where they were done, ascending, the provider's numbers
 * @param size contracts together; the day's volume for {@link Kind#VOLUME}
 * @param price average price by size; NaN for {@link Kind#VOLUME}
 * @param premium dollars together; NaN for {@link Kind#VOLUME}
 * @param quote the quote the last trade was compared with
 * @param volume the day's volume with the trades
 * @param openInterest contracts open at the end of the day before, NaN if unknown
 * @param origin who told the trades
 */
public record FlowAlert(
    Kind kind,
    String id,
    int revision,
    Instrument contract,
    Side side,
    int confidence,
    long fromMillis,
    long toMillis,
    int prints,
    int sweepPrints,
    List<Integer> exchanges,
    double size,
    double price,
    double premium,
    TopOfBook quote,
    double volume,
    double openInterest,
    Origin origin) {
  /** What can be unusual. */
  public enum Kind {
    /** One trade of much money. */
    PREMIUM("premium"),
    /** One trade of many contracts and enough money; it is not told as premium too. */
    BLOCK("block"),
    /** Trades of one side on several exchanges within a short time. */
    SWEEP("sweep"),
    /** More contracts traded today than were open. */
    VOLUME("volume-over-interest");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the word used in payloads. */
    public String wireName() {
      return wireName;
    }
  }

  /** Copies the list and checks presence. */
  public FlowAlert {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(contract, "contract");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(quote, "quote");
    Objects.requireNonNull(origin, "origin");
    exchanges = List.copyOf(exchanges);
  }
}
